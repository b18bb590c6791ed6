"""What every answer to a signed-in person carries."""


class PrivateCacheMiddleware:
    """Pages of signed-in people are never stored by a browser or a proxy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()")
        if "sessionid" in request.COOKIES or "__Host-sessionid" in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
