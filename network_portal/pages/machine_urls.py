from django.urls import path

from network_portal.pages import machine

urlpatterns = [
    path("health", machine.health, name="health"),
    path("status", machine.status, name="status"),
    path("robots.txt", machine.robots, name="robots"),
]
