"""The one index over what each app declares searchable."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation


class SearchEntry(models.Model):
    """One thing that can be found, as one audience may see it (检索条目).

    A published document has two entries: the inside one, with the full text and the address of the case page, and the
    public one, with the published text and the public address. The public search reads public entries only, so an
    unpublished word can't be found, guessed from a count, or shown in a snippet.
    """

    kind = models.CharField("类别", max_length=40)
    object_uuid = models.UUIDField("对象编号")
    is_public = models.BooleanField("公开", default=False)
    file = models.ForeignKey(
        CaseFile, models.CASCADE, null=True, blank=True, related_name="search_entries", verbose_name="案卷"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    title = models.CharField("标题", max_length=400)
    number = models.CharField("文号", max_length=80, blank=True)
    body = models.TextField("正文", blank=True)
    vector = SearchVectorField("检索词")
    ranking = SearchVectorField("排序词")
    published_on = models.DateField("日期")
    year = models.PositiveSmallIntegerField("年份", editable=False)
    # Named as in the publication register, whose reckoning of validity (`portal.publishing.effect`) serves here too.
    has_validity = models.BooleanField("有效力期限", default=False)
    starts_on = models.DateField("施行日期", null=True, blank=True)
    ends_on = models.DateField("有效期至", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    url_name = models.CharField("页面", max_length=80)
    url_args = models.JSONField("页面参数", default=list)
    # Of what the entry was made from: most saves of a file (its stage, its clocks) change nothing that can be found.
    source_digest = models.CharField("来源摘要", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "检索条目"
        verbose_name_plural = "检索条目"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_uuid", "is_public"], name="found_once_by_each_audience")
        ]
        indexes = [GinIndex(fields=["vector"], name="search_terms")]

    def __str__(self):
        return self.title
