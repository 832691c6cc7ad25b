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
