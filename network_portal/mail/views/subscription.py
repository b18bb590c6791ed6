"""Leaving a category of mail with the address in the mail alone (RFC 8058): no sign-in, no cookie."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from network_portal.mail import subscriptions


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """The GET only shows a button, because mail gateways open links by themselves."""
    known = subscriptions.read_token(token)
    if known is None:
        return render(request, "mail_app/unsubscribe_broken.html", status=400)
    address, category = known
    if request.method == "POST" and "resubscribe" in request.POST:
        subscriptions.resubscribe(address, category)
    elif request.method == "POST":
        subscriptions.unsubscribe(address, category)
    is_subscribed = subscriptions.is_subscribed(address, category)
    context = {"address": address, "category": category, "is_subscribed": is_subscribed}
    return render(request, "mail_app/unsubscribe.html", {**context, "was_changed": request.method == "POST"})
