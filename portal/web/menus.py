"""The menu entries of the frame itself; rooms above add their own in their ``AppConfig.ready()``."""

from portal.web.navigation import register
from portal.web.office.notices import unread

register("public", "办理查询", "receipts:status", order=70)

register("staff", "工作台", "inside:worklist", "casefiles.see", order=1)
register("staff", "事项办理", "inside:cases", "casefiles.see", order=10)
register("staff", "台账", "inside:registers", "casefiles.see", order=20)

register("county", "工作台", "inside:county-worklist", "casefiles.see", order=1)
register("county", "台账", "inside:registers", "casefiles.see", order=20)
register("county", "机构", "office:organisations", "county.see", order=70)
register("county", "规则维护", "office:rules", "county.rules", order=80)

register("admin", "人员与权限", "office:people", "security.people", order=1)
register("admin", "审计查询", "office:audit", "audit.read", order=1)
register("admin", "系统运行", "office:system", "system.run", order=1)
register("admin", "后台任务", "office:jobs", "system.jobs", order=10)

for _audience in ("staff", "county", "admin"):
    register(_audience, "通知", "office:notifications", place="tools", order=10, badge=unread)
    register(_audience, "账号与安全", "accounts:account", place="person", order=10)
    register(_audience, "退出登录", "accounts:sign-out", place="person", order=90, post=True)
for _audience in ("staff", "county"):
    register(_audience, "后台任务", "office:jobs", place="person", order=20)
