"""What meets the eye and the ear on a screen of ours, measured in the page."""

#: Finds the texts whose contrast with what is painted behind them is below that of WCAG
#: 2 AA. What is filtered out or cannot be pressed is inactive, which WCAG leaves out.
FAINT_TEXTS = """(roots) => {
    const canvas = document.createElement("canvas").getContext("2d", {
        willReadFrequently: true,
    });
    const read = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return { parts: [red, green, blue], alpha: alpha / 255 };
    };
    const over = (top, below, alpha) =>
        top.map((part, place) => part * alpha + below[place] * (1 - alpha));
    const behind = (element) => {
        if (!element) {
            return [255, 255, 255];
        }
        const { parts, alpha } = read(getComputedStyle(element).backgroundColor);
        return alpha === 1 ? parts : over(parts, behind(element.parentElement), alpha);
    };
    const opacity = (element) =>
        element
            ? getComputedStyle(element).opacity * opacity(element.parentElement)
            : 1;
    const light = (parts) => {
        const [red, green, blue] = parts
            .map((part) => part / 255)
            .map((p) => (p <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const inactive = ".is-dim, :disabled, .visually-hidden, .fa, kbd";
    const faint = new Set();
    let texts = 0;
    for (const root of document.querySelectorAll(roots)) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            const text = walker.currentNode.data.trim();
            if (!text || element.closest(inactive) || !element.checkVisibility()) {
                continue;
            }
            texts++;
            const style = getComputedStyle(element);
            const ground = behind(element);
            const { parts, alpha } = read(style.color);
            const ink = over(parts, ground, alpha * opacity(element));
            const [dark, bright] = [light(ink), light(ground)].sort((a, b) => a - b);
            const ratio = (bright + 0.05) / (dark + 0.05);
            const size = parseFloat(style.fontSize);
            const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            if (ratio < (isLarge ? 3 : 4.5)) {
                faint.add(`${text}: ${ratio.toFixed(2)} in ${element.className}`);
            }
        }
    }
    return [texts, [...faint]];
}"""

#: Whatever can be reached needs a name; a grid needs its rows and cells.
NAMELESS = """(root) => [
        ...document.querySelectorAll("button, input, textarea, a, [role]"),
    ]
    .filter((one) => one.closest(root) && one.checkVisibility())
    .filter((one) => !one.matches("[role=presentation], [role=rowgroup], [role=row]"))
    .filter((one) => {
        const named = one.querySelector("[aria-label]") || one;
        const name = named.getAttribute("aria-label") || one.title || one.innerText;
        return !name?.trim() && one.getAttribute("role") !== "status";
    })
    .map((one) => one.outerHTML.slice(0, 120))"""


def expect_readable(page, least, roots=".o_rb, .o_rb_menu"):
    """Fail when a text is faint, or when there are fewer texts than there should be.

    :param roots: selector of the elements whose texts are looked at
    """
    # What rises or fades in is not there yet.
    page.wait_for_timeout(400)
    texts, faint = page.evaluate(FAINT_TEXTS, roots)
    assert not faint
    assert texts >= least
