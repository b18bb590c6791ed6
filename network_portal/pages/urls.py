from django.urls import path

from network_portal.pages import views
from network_portal.pages.my_page import MyPageView
from network_portal.pages.search import SearchView

app_name = "pages"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("my/", MyPageView.as_view(), name="my_page"),
    path("search/", SearchView.as_view(), name="search"),
    path("about/", views.AboutView.as_view(), name="about"),
    path("contact/", views.PublicPage.as_view(template_name="pages/contact.html"), name="contact"),
    path("accessibility/", views.PublicPage.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("privacy/", views.PublicPage.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("styleguide/", views.StyleGuideView.as_view(), name="style_guide"),
]
