"""Units of government, the names they have had, and the posts in them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class OrganisationLevel(models.TextChoices):
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡镇（街道）"
    OFFICE = "office", "内设机构"
    VILLAGE = "village", "村（社区）"


class OrganisationKind(models.TextChoices):
    COUNTY_GOVERNMENT = "county_government", "县级人民政府"
    JUSTICE_BUREAU = "justice_bureau", "县司法局"
    COUNTY_DEPARTMENT = "county_department", "县级部门"
    TOWN_GOVERNMENT = "town_government", "乡镇人民政府"
    SUBDISTRICT_OFFICE = "subdistrict_office", "街道办事处"
    LEGAL_OFFICE = "legal_office", "法制办公室（司法所）"
    OFFICE = "office", "内设办所"
    VILLAGE_COMMITTEE = "village_committee", "村（居）民委员会"
    MEDIATION_COMMITTEE = "mediation_committee", "人民调解委员会"
    COLLECTIVE = "collective", "统称单位"


class OrganisationQuerySet(models.QuerySet):
    def within(self, organisation):
        """The organisation and everything below it."""
        return self.filter(path__startswith=organisation.path)

    def towns(self):
        return self.filter(level=OrganisationLevel.TOWNSHIP).exclude(kind=OrganisationKind.COLLECTIVE)


class Organisation(models.Model):
    """A unit of government, from the county down to a village committee.

    ``path`` repeats the codes of all superiors ("yunxi/longtan/legal/"), so that "this unit and all
    below it" is one indexed prefix match. A collective unit (各镇政府) names its ``members``.
    """

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("全称", max_length=120, unique=True)
    short_name = models.CharField("简称", max_length=40)
    level = models.CharField("层级", max_length=12, choices=OrganisationLevel.choices)
    kind = models.CharField("类别", max_length=24, choices=OrganisationKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField("路径", max_length=200, unique=True, editable=False)
    region = models.SlugField("地区", max_length=40, help_text="适用哪一地区的规则，例如 yunxi")
    document_mark = models.CharField(
        "机关代字", max_length=20, blank=True, help_text="例如 龙政发；规范性文件用 龙政规"
    )
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="collectives", verbose_name="所含单位"
    )
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_until = models.DateField("撤销日期", null=True, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    contact = models.CharField("联系电话", max_length=60, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ("path",)
        indexes = [models.Index(fields=["path"], name="organisation_path_like", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="organisation_ends_after_it_begins",
                violation_error_message="撤销日期不能早于设立日期。",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.path = f"{self.parent.path if self.parent_id else ''}{self.code}/"
        super().save(*args, **kwargs)

    def superiors(self):
        """This unit and all above it, lowest first."""
        return Organisation.objects.filter(path__in=self.line()).order_by("-path")

    def line(self) -> list[str]:
        """The paths of all above this unit and of itself, highest first."""
        codes = self.path.rstrip("/").split("/")
        return ["/".join(codes[:n]) + "/" for n in range(1, len(codes) + 1)]

    def county(self):
        """The county at the head of this unit's tree."""
        if self.parent_id is None:
            return self
        return Organisation.objects.get(path=self.path.split("/")[0] + "/")

    def town(self):
        """The township this unit is or belongs to; ``None`` for county units."""
        if self.level == OrganisationLevel.TOWNSHIP:
            return self
        codes = self.path.split("/")
        if len(codes) < 3:
            return None
        return Organisation.objects.filter(path=f"{codes[0]}/{codes[1]}/", level=OrganisationLevel.TOWNSHIP).first()

    def is_within(self, organisation):
        return self.path.startswith(organisation.path)

    @property
    def is_government(self):
        """A street office (街道办事处) is an agency of the county government, not a government."""
        return self.kind in (OrganisationKind.COUNTY_GOVERNMENT, OrganisationKind.TOWN_GOVERNMENT)


class OrganisationAlias(models.Model):
    """A name the unit had, or is called by in plans: 法制办, 司法所, 镇政府."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases", verbose_name="机构")
    name = models.CharField("别名", max_length=120)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "机构别名"
        verbose_name_plural = "机构别名"
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="alias_once_per_organisation")]

    def __str__(self):
        return self.name


class Post(models.Model):
    """A post (职务) in a unit. Who held it when is ``accounts.PostHolding``."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="posts", verbose_name="机构")
    title = models.CharField("职务", max_length=60)
    is_head = models.BooleanField("主要负责人", default=False)
    rank = models.PositiveSmallIntegerField("排序", default=100)

    class Meta:
        verbose_name = "职务"
        verbose_name_plural = "职务"
        ordering = ("organisation", "rank", "title")
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="post_once_per_organisation")]

    def __str__(self):
        return f"{self.organisation.short_name}{self.title}"


class Power(models.TextChoices):
    """A public power that a body may exercise only when the county's list names it."""

    NORMATIVE_DOCUMENTS = "normative_documents", "制发行政规范性文件"


class Qualification(models.Model):
    """One line of the county's published list (主体资格清单): this body may exercise this power, from when to when.

    ``notice`` names the announcement by which the list was published; a body leaves the list by an end day.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="qualifications", verbose_name="机构")
    power = models.CharField("资格", max_length=24, choices=Power.choices)
    valid_from = models.DateField("列入日期")
    valid_until = models.DateField("移出前一日", null=True, blank=True)
    notice = models.CharField("公布文件", max_length=200)
    end_reason = models.CharField("移出理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "主体资格"
        verbose_name_plural = "主体资格"
        ordering = ("organisation__path", "-valid_from")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="qualification_ends_after_it_begins",
                violation_error_message="移出日期不能早于列入日期。",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | ~Q(end_reason=""), name="ended_qualification_says_why"
            ),
            ExclusionConstraint(
                name="qualified_once_a_day",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("power", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="该机构在这段时间内已在清单上。",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}：{self.get_power_display()}"


class PolicySetting(models.Model):
    """One region's choice where the law leaves one, with its basis and its dates.

    What may be chosen is declared in ``policy.py``; a setting can switch, set a number or give a
    name, and never invents a step.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="policy_settings", verbose_name="适用机构"
    )
    code = models.CharField("设置项", max_length=80)
    value = models.JSONField("取值")
    valid_from = models.DateField("起效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)
    basis = models.CharField("依据", max_length=200)
    set_by_name = models.CharField("设定人", max_length=60)
    set_at = models.DateTimeField("设定时间", auto_now_add=True)

    class Meta:
        verbose_name = "地区设置"
        verbose_name_plural = "地区设置"
        ordering = ("code", "-valid_from")
        constraints = [
            ExclusionConstraint(
                name="one_policy_value_a_day",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="该设置项在这段时间内已有取值。",
            )
        ]

    def __str__(self):
        return f"{self.code} = {self.value}"
