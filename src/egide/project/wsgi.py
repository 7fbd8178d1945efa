"""The door of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egide.project.settings")
application = get_wsgi_application()
gc.collect()
gc.freeze()  # what is loaded by now lives as long as the process: no page waits while it is looked through again
