from datetime import date
import subprocess
from pathlib import Path
from portal.moment import clock_set_to
from portal.documents.storage import open_blob
from tests.portal.reports.desk import record_document
def test_look(client, as_person, desk, world):
    out=Path("/tmp/rp/look"); out.mkdir(exist_ok=True)
    desk.walk("write_all")
    with clock_set_to(date(2026,1,20)):
        c=as_person("lt_clerk")
        base=f"/staff/cases/{desk.document.public_id}/"
        pages={"case":base,"section":base+"annual-report/measures_capacity/","list":"/staff/reports/","start":"/staff/reports/new/"}
        for n,u in pages.items(): (out/f"{n}.html").write_text(c.get(u).content.decode())
        desk.hand_in(); desk.approve(); desk.make_paper()
        record_document(world, on=date(2025, 12, 20), number="龙政规〔2025〕3号")
        (out/"figure.html").write_text(c.get("/staff/figures/longtan/2025/normative_docs.recorded/?shown=added").content.decode())
        (out/"case2.html").write_text(c.get(base).content.decode())
        (out/"submit.html").write_text(c.get(base+"transitions/submit/").content.decode())
        (out/"report.pdf").write_bytes(open_blob(desk.document.final_pdf.blob.digest).read())
        desk.submit(); desk.review_public_text(); desk.publish()
        c=as_person("county_supervisor")
        (out/"county.html").write_text(c.get("/county/reports/").content.decode())
        c.logout()
        (out/"public.html").write_text(c.get("/reports/2025/longtan/").content.decode())
        (out/"publiclist.html").write_text(c.get("/reports/").content.decode())
    subprocess.run(["pdftoppm","-r","50","-png","report.pdf","report"],cwd=out)
