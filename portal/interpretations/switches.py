"""What the law leaves to the region about interpretations."""

from portal.organisations.policy import PolicyKey, declare

BASIS = "国务院办公厅关于全面推进政务公开工作的意见（谁起草、谁解读；解读与文件同步公布）"

WITH_PUBLICATION = declare(
    PolicyKey("publishing.interpretation_with_publication", "文件公布时须同步公布政策解读", "switch", False, BASIS)
)
