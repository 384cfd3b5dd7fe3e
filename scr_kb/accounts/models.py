from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody of staff who may sign in. Readers need no account.

    A model of the project's own from the first migration, because Django cannot swap it in later.
    """
