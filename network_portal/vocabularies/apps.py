from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "network_portal.vocabularies"
    label = "vocabularies"
