import socket
import tempfile
import threading
from pathlib import Path

import weasyprint

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import engine
from .common import PaperCase, pdf_reader, pdf_text

SECRET = "SECRETFIGURE"
MODEL_LOGGER = "odoo.addons.report_weasyprint.models.ir_actions_report"

#: Ways a template or a rich text may ask for something outside itself. %s: an address.
DOORS = {
    "image": '<img src="%s"/>',
    "object": '<object data="%s" type="image/svg+xml"></object>',
    "embed": '<embed src="%s" type="image/svg+xml"/>',
    "iframe": '<iframe src="%s"></iframe>',
    "background": "<div style=\"background: url('%s'); height: 9mm\"></div>",
    "content": "<style>.leak::after { content: url('%s') }</style><p class=\"leak\"/>",
    "list": "<ul style=\"list-style-image: url('%s')\"><li>x</li></ul>",
    "import": '<style>@import url("%s");</style>',
    "font": "<style>@font-face { font-family: leak; src: url('%s') }</style>"
    '<p style="font-family: leak">x</p>',
    "stylesheet": '<link rel="stylesheet" type="text/css" href="%s"/>',
    "attachment": '<link rel="attachment" href="%s"/>',
    "anchored attachment": '<a rel="attachment" href="%s">x</a>',
    "svg image": '<svg width="90" height="90"><image href="%s" width="90"/></svg>',
    "svg use": '<svg width="90" height="90"><use href="%s#leak"/></svg>',
    "base": '<base href="%s"/><img src="leak.svg"/>',
}

#: What the engine leaves out by itself. Should it learn to ask, we will refuse.
NEVER_ASKED = ("iframe", "svg use")


class Listener:
    """A server on this machine that counts who knocks."""

    def __enter__(self):
        self.knocks = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/leak.svg"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def _serve(self):
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            self.knocks += 1
            connection.close()

    def __exit__(self, *_exception):
        # Wake the thread up so that it sees the closed socket.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(timeout=5)


@tagged("post_install", "-at_install")
class TestClosedDoors(PaperCase):
    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.secret = Path(folder) / "leak.svg"
        self.secret.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
            f'<text id="leak" y="20">{SECRET}</text></svg>'
        )
        # The engine reports every refusal as an error of its own.
        self.enterContext(mute_logger("weasyprint"))

    def _print_body(self, body):
        """Print ``body`` as rich text of a record, and return (PDF, log)."""
        report = self._create_report(f"<t><![CDATA[]]></t>{body}")
        with self.assertLogs(MODEL_LOGGER, "WARNING") as log:
            pdf = self._print(report, self._create_partner())
        return pdf, "\n".join(log.output)

    def _assert_closed(self, pdf, door):
        self.assertNotIn(SECRET, pdf_text(pdf), door)
        root = pdf_reader(pdf).trailer["/Root"]
        self.assertNotIn("/EmbeddedFiles", root.get("/Names", {}), door)
        self.assertNotIn(SECRET.encode(), pdf, door)

    def test_without_our_fetcher_the_same_page_does_leak(self):
        # The control: were this not so, the tests below would prove nothing.
        html = f'<img src="file://{self.secret}"/><p>shown</p>'
        pdf = weasyprint.HTML(string=html).write_pdf()
        self.assertIn(SECRET, pdf_text(pdf))
        with Listener() as listener:
            weasyprint.HTML(string=f'<img src="{listener.url}"/>').write_pdf()
            self.assertEqual(listener.knocks, 1)

    def test_no_file_can_be_reached(self):
        for door, markup in DOORS.items():
            if door == "base":
                continue
            with self.subTest(door=door):
                html = f"<body>{markup % self.secret.as_uri()}</body>"
                document, refused = engine.lay_out(html)
                self._assert_closed(engine.write([document]), door)
                if door not in NEVER_ASKED:
                    self.assertEqual(set(refused), {self.secret.as_uri()}, door)

    def test_no_file_can_be_reached_by_a_path(self):
        for base_url in (engine.NOWHERE, "https://odoo.example", "file:///"):
            for door, markup in DOORS.items():
                with self.subTest(door=door, base_url=base_url):
                    html = f"<body>{markup % self.secret}</body>"
                    document, _refused = engine.lay_out(html, base_url=base_url)
                    self._assert_closed(engine.write([document]), door)

    def test_a_base_address_of_the_page_opens_nothing(self):
        folder = f"{self.secret.parent.as_uri()}/"
        html = f"<head>{DOORS['base'] % folder}</head>"
        document, refused = engine.lay_out(html)
        self._assert_closed(engine.write([document]), "base")
        self.assertEqual(refused, [self.secret.as_uri()])

    def test_no_network_can_be_reached(self):
        with Listener() as listener:
            for door, markup in DOORS.items():
                with self.subTest(door=door):
                    html = f"<body>{markup % listener.url}</body>"
                    document, _refused = engine.lay_out(html)
                    engine.write([document])
                    self.assertEqual(listener.knocks, 0, door)

    def test_report_refuses_says_so_and_still_prints(self):
        with Listener() as listener:
            pdf, log = self._print_body(
                '<img src="file:///etc/passwd"/>'
                f'<img src="{listener.url}"/><img src="/web/image/1"/><p>The rest</p>'
            )
            self.assertEqual(listener.knocks, 0)
        self.assertIn("The rest", pdf_text(pdf))
        self.assertIn("file:///etc/passwd", log)
        self.assertIn("/web/image/1", log)

    def test_rich_text_of_a_record_opens_nothing_either(self):
        report = self._create_report("<div t-out='o.comment'/>")
        with Listener() as listener:
            # Odoo's cleaning of rich text lets images of other servers through.
            comment = f'<p>Remark</p><img src="{listener.url}"/>'
            partner = self._create_partner(comment=comment)
            self.assertIn(listener.url, partner.comment)
            with self.assertLogs(MODEL_LOGGER, "WARNING"):
                pdf = self._print(report, partner)
            self.assertEqual(listener.knocks, 0)
        self.assertIn("Remark", pdf_text(pdf))

    def test_images_as_data_are_drawn(self):
        report = self._create_report('<img t-att-src="image_data_uri(o.image_128)"/>')
        partner = self._create_partner(image_1920=PIXEL)
        reader = pdf_reader(self._print(report, partner))
        self.assertEqual(self._images(reader), ["/Image"])

    def test_a_picture_given_as_data_cannot_open_a_file(self):
        inner = f'<image href="{self.secret.as_uri()}" width="90" height="90"/>'
        picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="90">{inner}</svg>'
        html = f"<img src='data:image/svg+xml,{picture.replace('#', '%23')}'/>"
        document, _refused = engine.lay_out(html)
        self._assert_closed(engine.write([document]), "nested picture")

    def _images(self, reader):
        objects = reader.pages[0]["/Resources"]["/XObject"]
        return [value.getObject()["/Subtype"] for value in objects.values()]


PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
