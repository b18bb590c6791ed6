from django.apps import AppConfig


class GoodPracticesConfig(AppConfig):
    name = "goodpractices"
