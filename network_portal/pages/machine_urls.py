from django.urls import path

from network_portal.pages import machine, sitemap

urlpatterns = [
    path("health", machine.health, name="health"),
    path("status", machine.status, name="status"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-<slug:code>-<int:part>.xml", sitemap.sitemap_part, name="sitemap_part"),
]
