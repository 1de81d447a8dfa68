from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "portal.consultation"
    label = "consultation"
    verbose_name = "公众参与"

    def ready(self):
        from portal.consultation import asking
        from portal.consultation.drawing_participants import DRAW_KIND, notice_of_draw
        from portal.consultation.front import open_block
        from portal.consultation.question_status import describe as describe_question
        from portal.consultation.sign_up_status import describe as describe_sign_up
        from portal.consultation.status import describe
        from portal.consultation.taking_part import RECEIPT_KIND
        from portal.draws.registry import draw_kind
        from portal.receipts.registry import receipt_kind
        from portal.web import front, navigation

        receipt_kind("consultation_comment", "公众意见", mark="意见", describe=describe)
        receipt_kind(RECEIPT_KIND, "会议报名", mark="会报", describe=describe_sign_up)
        receipt_kind(asking.RECEIPT_KIND, "公众提问", mark="提问", describe=describe_question)
        draw_kind(DRAW_KIND, "会议参加人", notice=notice_of_draw)
        navigation.register("public", "意见征集", "consultation:public-list", order=30)
        front.register(front.Block("consultations", "consultation/block_open.html", open_block, order=10))
        front.register_door(front.Door("意见征集", "对正在起草的文件提意见", "consultation:public-list", order=20))
