import threading

from odoo.tests import BaseCase, tagged

from ..tools import colour, engine, text


@tagged("post_install", "-at_install")
class TestColour(BaseCase):
    def test_hex_colours_are_written_in_one_way(self):
        for given, expected in (
            ("#125E59", "#125e59"),
            ("#0a0", "#00aa00"),
            (" #fff ", "#ffffff"),
        ):
            self.assertEqual(colour.accent(given), expected)

    def test_anything_else_falls_back_to_the_default(self):
        for given in (None, False, "", "red", "#12345", "#12345g", "#fff;x", "url(x)"):
            self.assertEqual(colour.accent(given), colour.DEFAULT_ACCENT)

    def test_dark_colours_are_kept_for_text(self):
        for given in ("#000000", "#125e59", colour.DEFAULT_ACCENT):
            self.assertEqual(colour.readable(given), given)

    def test_light_colours_are_darkened_until_they_can_be_read(self):
        for given in ("#ffffff", "#ffee00", "#87ceeb", "#ffb6c1"):
            channels = colour._channels(colour.readable(given))
            self.assertGreaterEqual(
                colour._contrast_on_white(channels), colour.READABLE_CONTRAST
            )

    def test_darkening_keeps_the_hue(self):
        red, green, blue = colour._channels(colour.readable("#ffee00"))
        self.assertGreater(red, green)
        self.assertGreater(green, 3 * blue)


@tagged("post_install", "-at_install")
class TestText(BaseCase):
    def test_direction_follows_the_first_letter(self):
        for given, expected in (
            ("Coral Tower", "ltr"),
            ("18/F برج", "ltr"),
            ("برج 18", "rtl"),
            ("+971 4 123", "ltr"),
            ("עברית", "rtl"),
            ("第五层", "ltr"),
            ("", "ltr"),
            (None, "ltr"),
            (12.5, "ltr"),
        ):
            self.assertEqual(text.text_direction(given), expected, given)

    def test_only_text_of_the_other_direction_is_isolated(self):
        self.assertEqual(text.isolate("Coral", "ltr"), {})
        self.assertEqual(text.isolate("Coral", "rtl")["dir"], "ltr")
        self.assertEqual(text.isolate("برج", "ltr")["dir"], "rtl")


@tagged("post_install", "-at_install")
class TestRuns(BaseCase):
    def _run(self, *words):
        run = engine.PaperRun("Run")
        for word in words:
            run.add(engine.lay_out(f"<html lang='en'><p>{word}</p></html>")[0])
        return run

    def test_complete_run_becomes_one_stream(self):
        run = self._run("a", "b", "c")
        merged = engine.merge_runs(list(run.streams))
        self.assertEqual(len(merged), 1)
        self.assertEqual(merged[0].getvalue(), run.pdf())

    def test_part_of_a_run_or_another_order_is_left_alone(self):
        run = self._run("a", "b", "c")
        for streams in (run.streams[:2], run.streams[::-1], run.streams[1:]):
            self.assertEqual(engine.merge_runs(streams), streams)

    def test_foreign_streams_stay_where_they_are(self):
        run, alone = self._run("a", "b"), self._run("c")
        foreign = engine.io.BytesIO(b"%PDF")
        merged = engine.merge_runs([foreign, *run.streams, *alone.streams])
        self.assertEqual(merged[0], foreign)
        self.assertEqual(merged[1].getvalue(), run.pdf())
        self.assertEqual(merged[2], alone.streams[0])

    def test_run_lets_go_of_its_pages_once_written(self):
        run = self._run("a", "b")
        self.assertTrue(run._documents)
        first = run.pdf()
        self.assertFalse(run._documents)
        self.assertEqual(run.pdf(), first)

    def test_stylesheet_needs_nothing_from_outside(self):
        # Nothing is fetched, so nothing may be asked for.
        stylesheet = engine.stylesheet_text()
        for word in ("@import", "url(", "http"):
            self.assertNotIn(word, stylesheet)

    def test_stylesheet_is_understood_to_the_last_rule(self):
        with self.assertNoLogs("weasyprint", "WARNING"):
            style = f"<style>{engine.stylesheet_text()}</style>"
            engine.lay_out(f"<html lang='en'><head>{style}</head><p>x</p></html>")


@tagged("post_install", "-at_install")
class TestFonts(BaseCase):
    def test_papers_of_a_thread_share_the_fonts_of_the_machine(self):
        first, _refused = engine.lay_out("<p>One</p>")
        second, _refused = engine.lay_out("<p>Two</p>", page_css="@page { size: A5 }")
        self.assertIs(first.font_config, second.font_config)

    def test_what_is_drawn_with_shared_fonts_is_the_same(self):
        html = (
            "<html lang='en'><title>Paper</title><p>Liên hệ 条款 בית 12.50</p></html>"
        )
        shared = engine.write([engine.lay_out(html)[0]])
        own = engine.write([engine.lay_out(html + "<!-- @font-face -->")[0]])
        self.assertEqual(len(shared), len(own))

    def test_a_paper_with_a_font_of_its_own_keeps_it_to_itself(self):
        plain, _refused = engine.lay_out("<p>One</p>")
        # The word is enough, be it in a comment.
        for html, css in (
            ("<!-- @font-face --><p>One</p>", ""),
            ("<style>/* @FONT-FACE */</style><p>One</p>", ""),
            ("<p>One</p>", "/* @font-face */"),
        ):
            document, _refused = engine.lay_out(html, page_css=css)
            self.assertIsNot(document.font_config, plain.font_config)

    def test_threads_share_nothing(self):
        plain, _refused = engine.lay_out("<p>One</p>")
        found = []
        thread = threading.Thread(
            target=lambda: found.append(engine.lay_out("<p>One</p>")[0].font_config)
        )
        thread.start()
        thread.join()
        self.assertIsNot(found[0], plain.font_config)
