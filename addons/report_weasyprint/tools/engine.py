"""WeasyPrint with its doors shut: what a template says is drawn, nothing is fetched.

WeasyPrint's own fetcher opens local files and the network for any address that stands
in a template or in a rich text field. Here only ``data:`` addresses get through, so a
paper can show nothing that the person printing it could not read anyway.
"""

import copy
import dataclasses
import gc
import io
import logging
import threading
from functools import lru_cache
from pathlib import Path

# A line per page and stylesheet, also while importing, is of no use in a server's log.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)

try:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher
except (ImportError, OSError) as error:
    # ImportError: the Python package is missing. OSError: it is there, but one of
    # the shared libraries it draws with is not.
    weasyprint, FontConfiguration, URLFetcher, IMPORT_ERROR = None, None, object, error
else:
    IMPORT_ERROR = None

#: Tagged for screen readers; title and language are then required, and we set both.
PDF_VARIANT = "pdf/ua-1"

#: Base of relative addresses where there is none; without any, the engine gives up.
NOWHERE = "http://nowhere.invalid/"

#: Pages of a batch that stay laid out at a time: one to four megabytes each.
PAGES_HELD = 50

STYLESHEET = Path(__file__).parent.parent / "static" / "src" / "css" / "paper.css"

PYTHON_PACKAGE = "weasyprint"
SYSTEM_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@dataclasses.dataclass(frozen=True)
class MissingPart:
    """What keeps WeasyPrint from loading: its name, how to install it, the cause."""

    name: str
    command: str
    cause: str


class DataFetcher(URLFetcher):
    """Refuse every address but ``data:`` and remember what was refused."""

    def __init__(self):
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.refused = []

    def fetch(self, url, headers=None):
        """Decode a ``data:`` address; raise ``ValueError`` for any other."""
        if url[:5].lower() != "data:":
            self.refused.append(url)
            raise ValueError("only data: addresses are drawn")
        return super().fetch(url, headers)


class PaperStream(io.BytesIO):
    """The PDF of one record, which knows the run it was laid out in."""

    def __init__(self, pdf, run):
        super().__init__(pdf)
        self.run = run


class PaperRun:
    """Papers laid out one after the other, to be put into one file.

    Pages that are still laid out are merged in a fraction of the time and size that
    finished PDF files need, since fonts and images are stored once, and they stay
    tagged. They also take megabytes each, so a run ends at :data:`PAGES_HELD`.

    :param str title: title of the file that holds the whole run
    """

    def __init__(self, title):
        self.title = title
        self.streams = []
        self._documents = []
        self._pages = 0
        self._pdf = None

    def add(self, document):
        """Take a laid-out document in and return its own :class:`PaperStream`."""
        stream = PaperStream(write([document]), self)
        self.streams.append(stream)
        self._documents.append(document)
        self._pages += len(document.pages)
        return stream

    def is_full(self):
        """Tell whether the next paper has to start a new run."""
        return self._pages >= PAGES_HELD

    def pdf(self):
        """Return the PDF of all papers of the run, and let go of their pages."""
        if self._pdf is None and len(self.streams) == 1:
            self._pdf = self.streams[0].getvalue()
        elif self._pdf is None:
            self._pdf = write(self._documents, title=self.title)
            # Laid-out pages refer to each other in circles.
            self._documents.clear()
            gc.collect()
        return self._pdf


def merge_runs(streams):
    """Return ``streams`` with every complete run of papers put into one stream.

    A run is complete where all its papers stand next to each other, in order.
    """
    merged = []
    position = 0
    while position < len(streams):
        stream = streams[position]
        run = stream.run.streams if isinstance(stream, PaperStream) else [stream]
        if len(run) > 1 and streams[position : position + len(run)] == run:
            merged.append(io.BytesIO(stream.run.pdf()))
            position += len(run)
        else:
            merged.append(stream)
            position += 1
    return merged


def missing_part():
    """Return the :class:`MissingPart` that keeps WeasyPrint from loading, or None."""
    if IMPORT_ERROR is None:
        return None
    if isinstance(IMPORT_ERROR, ImportError):
        command = f"pip install {PYTHON_PACKAGE}"
        return MissingPart(PYTHON_PACKAGE, command, str(IMPORT_ERROR))
    command = f"apt install {SYSTEM_LIBRARIES}"
    return MissingPart("Pango", command, str(IMPORT_ERROR))


@lru_cache(maxsize=1)
def stylesheet_text():
    """Return the print stylesheet, read from disk once per process."""
    return STYLESHEET.read_text(encoding="utf-8")


class _Fonts(threading.local):
    """The fonts of the machine, once a thread: Pango bears no two at a time."""

    config = None


_fonts = _Fonts()


def _fonts_for(*sources):
    """Return the fonts to draw ``sources`` with.

    Read for each paper anew they take 0.3 MB that the libraries below never give back,
    gigabytes in a job of thousands. A paper that brings a font of its own reads them
    for itself, so that no other gets it.
    """
    if any("@font-face" in source.lower() for source in sources):
        return FontConfiguration()
    if _fonts.config is None:
        _fonts.config = FontConfiguration()
    return _fonts.config


def lay_out(html, *, page_css="", base_url=NOWHERE):
    """Lay out one HTML document; return it and the addresses that were refused.

    :param str html: a whole document, styles included
    :param str page_css: rules that come from outside the template (paper size)
    :param str base_url: what relative links point to; nothing is read from there
    """
    fetcher = DataFetcher()
    fonts = _fonts_for(html, page_css)
    styles = []
    if page_css:
        styles.append(
            weasyprint.CSS(string=page_css, url_fetcher=fetcher, font_config=fonts)
        )
    source = weasyprint.HTML(string=html, base_url=base_url, url_fetcher=fetcher)
    document = source.render(
        stylesheets=styles, font_config=fonts, pdf_variant=PDF_VARIANT
    )
    return document, fetcher.refused


def write(documents, title=None):
    """Return one PDF holding the pages of all ``documents``, in order.

    Page numbers were settled when each document was laid out, so "page x of y" stays
    right for every one of them. ``title`` replaces the title of the first.
    """
    pages = [page for document in documents for page in document.pages]
    whole = documents[0].copy(pages)
    if title:
        whole.metadata = copy.copy(whole.metadata)
        whole.metadata.title = title
    return whole.write_pdf(pdf_variant=PDF_VARIANT)
