"""People, the roles they hold and the posts they have held."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from portal.accounts.roles import ROLES, conflicting
from portal.moment import today
from portal.organisations.models import Organisation, Post


class PersonManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        person = self.model(username=self.model.normalize_username(username), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username):
        return self.get(username=username)


class Person(AbstractBaseUser):
    """One person, one account (一人一号). What the person may do comes from roles alone."""

    username = models.CharField("用户名", max_length=40, unique=True, error_messages={"unique": "这个用户名已被使用。"})
    full_name = models.CharField("姓名", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people", verbose_name="所在机构")
    phone = models.CharField("电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_demo = models.BooleanField("演示账号", default=False, editable=False)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("改密时间", null=True, blank=True)
    created_at = models.DateTimeField("建号时间", auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ("username",)

    def __str__(self):
        return self.full_name

    # The Django admin asks these; it is open to the system administrator alone, and read-only there.
    @property
    def is_staff(self):
        from_roles = {assignment.role for assignment in self.current_roles()}
        return "system_administrator" in from_roles

    def has_perm(self, perm, obj=None):
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff

    @property
    def is_superuser(self):
        return False

    def current_roles(self, on=None):
        """Role assignments in force, read once per person object."""
        cached = getattr(self, "_current_roles", None)
        if cached is None or on is not None:
            cached = list(RoleAssignment.objects.in_force(on).filter(person=self).select_related("organisation"))
            if on is None:
                self._current_roles = cached
        return cached

    def role_labels(self):
        return "、".join(dict.fromkeys(assignment.get_role_display() for assignment in self.current_roles()))

    def audience(self):
        """Which door the person uses: staff, county or admin."""
        for assignment in self.current_roles():
            return ROLES[assignment.role].audience
        return "staff"

    def post_on(self, day):
        """The post title held on that day, for the record; the role's label where no post is entered.

        Asked at every audit entry: the few posts that a person ever held are read once per person object.
        """
        for holding in self._holdings:
            if holding.held_from <= day and (holding.held_until is None or holding.held_until >= day):
                return str(holding.post)
        return self.role_labels()

    @cached_property
    def _holdings(self) -> list:
        return list(self.post_holdings.select_related("post__organisation").order_by("post__rank", "pk"))


class RoleAssignmentQuerySet(models.QuerySet):
    def in_force(self, on=None):
        on = on or today()
        return self.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


class RoleAssignment(models.Model):
    """A person holds a role in an organisation for a time."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_assignments", verbose_name="人员"
    )
    role = models.CharField("角色", max_length=30, choices=[(role.code, role.label) for role in ROLES.values()])
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="role_assignments", verbose_name="机构")
    valid_from = models.DateField("起始日期")
    valid_until = models.DateField("截止日期", null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "角色授予"
        verbose_name_plural = "角色授予"
        indexes = [models.Index(fields=["role", "organisation"], name="role_by_organisation")]
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "organisation", "valid_from"], name="role_granted_once"),
        ]

    def __str__(self):
        return f"{self.person}：{self.get_role_display()}（{self.organisation}）"

    def clean(self):
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "截止日期不能早于起始日期。"})
        # Roles conflict when they are held at the same time, be it in future.
        held = RoleAssignment.objects.filter(person=self.person).exclude(pk=self.pk)
        if self.valid_from:
            held = held.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=self.valid_from))
        if self.valid_until:
            held = held.filter(valid_from__lte=self.valid_until)
        reason = conflicting({*held.values_list("role", flat=True), self.role})
        if reason:
            raise ValidationError({"role": reason})


class PostHolding(models.Model):
    """Who held a post when (任职). Accountability asks for the post of that day, not of today."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="post_holdings", verbose_name="人员"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name="职务")
    held_from = models.DateField("任职日期")
    held_until = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ("-held_from",)

    def __str__(self):
        return f"{self.person}任{self.post}"


class PastPassword(models.Model):
    """Hashes of earlier passwords, so that the last five are not used again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "历史密码"
        verbose_name_plural = "历史密码"
        ordering = ("-set_at",)

    def __str__(self):
        return f"{self.person}：{self.set_at:%Y-%m-%d}"


class SignedInSession(models.Model):
    """A session in use, so that its owner can see it and end it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="signed_in_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.GenericIPAddressField("来源地址", null=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    started_at = models.DateTimeField("登录时间")
    last_seen_at = models.DateTimeField("最近活动")

    class Meta:
        verbose_name = "登录会话"
        verbose_name_plural = "登录会话"
        ordering = ("-last_seen_at",)

    def __str__(self):
        return f"{self.person}：{self.started_at:%Y-%m-%d %H:%M}"
