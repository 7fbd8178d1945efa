"""Services one can turn to, for victims, perpetrators, children and anyone: a directory of services, never of persons."""
