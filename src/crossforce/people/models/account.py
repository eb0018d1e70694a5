"""What someone signs in with."""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict
from crossforce.people.models.sealed import Sealed
from crossforce.people.models.staff import Staff


class Altered(Conflict):
    """This account was altered outside the platform, and opens nothing. Whoever administers people opens it anew."""


class AccountManager(BaseUserManager["Account"]):
    """Accounts by user name, in lower case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of that user name, however it is capitalised."""
        return self.get(username=(username or "").lower())

    def create_user(
        self, username: str, email: str = "", password: str | None = None
    ) -> "Account":
        """An account without staff: it can sign in and do nothing until it is bound."""
        account = self.model(username=username.lower(), email=email.lower())
        account.set_password(password)
        account.save()
        return account


class Account(Sealed, AbstractBaseUser):
    """Signs in; bound to one member of staff. There is no superuser: powers come from postings.

    It repeats the name and the employer, so that the frame can greet someone, and a provider vouch
    for them, before any guarded row is read.

    Password, address and identity are written while nobody acts, so the database cannot tell who writes them. What
    this process has set, it seals under the master key, together with whose it is and the how-manieth it is: what came
    otherwise, from another account, or from this one as it was before, opens nothing (sql/3_accounts.sql).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=170, blank=True)
    staff = models.OneToOneField(
        Staff, on_delete=models.PROTECT, related_name="account", null=True, blank=True
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        db_column="organisation",
        null=True,
        blank=True,
    )
    identity = models.CharField(max_length=300, blank=True)  # at the organisation's provider
    times_set = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    if TYPE_CHECKING:
        staff_id: UUID | None
        organisation_id: str | None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")), name="account_username_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, closed_at__isnull=True) | Q(is_active=False),
                name="account_active_is_not_closed",
            ),
            models.CheckConstraint(
                condition=Q(staff__isnull=True) | Q(organisation__isnull=False),
                name="account_of_staff_names_the_employer",
            ),
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="account_email_once"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def set_password(self, raw_password: str | None) -> None:
        """Keep the password, if the account is as it was left. Raises Altered."""
        if not self._state.adding and not self.is_sealed:
            raise Altered
        self.set_anew(raw_password)

    def set_anew(self, raw_password: str | None) -> None:
        """Keep password, user name and address as they are given now, whatever stood there."""
        super().set_password(raw_password)
        self._put()

    def bind(self, identity: str) -> None:
        """From now on the provider's identity signs in here, whatever its address. Raises Altered."""
        if not self.is_sealed:
            raise Altered
        self.identity = identity
        self._put()
        self.save(update_fields=["identity", "times_set", "seal"])

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password that was set for this account, and here."""
        return self.is_sealed and check_password(raw_password, self.password)

    def get_full_name(self) -> str:
        """The person's name."""
        return self.name or self.username

    def _put(self) -> None:
        self.times_set += 1
        self.put_seal()

    def _sealed(self) -> tuple[str, ...]:
        return (self.username, self.email, self.password, self.identity, str(self.times_set))
