from django.http import JsonResponse
from django.urls import path


def notes(request):
    return JsonResponse({"ok": True}, headers={"X-Total-Count": "7"})


def fails(request):
    raise RuntimeError("it fails")


urlpatterns = [path("api/notes", notes), path("api/fails", fails)]
