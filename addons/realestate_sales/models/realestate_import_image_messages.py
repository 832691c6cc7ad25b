from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: Why a ZIP file cannot be opened, by the codes of :mod:`..tools.image_archive`.
ARCHIVE_MESSAGES = {
    "archive_bomb": _lt(
        "Unpacked, the ZIP file would have more than %(maximum)s MB. Make several "
        "files, or smaller pictures."
    ),
    "archive_empty": _lt("The ZIP file is empty. Choose one with pictures."),
    "archive_encrypted": _lt(
        "The ZIP file is protected by a password. Make one without."
    ),
    "archive_method": _lt(
        "The ZIP file is packed in a way that cannot be read. Make it with the program "
        "of your system."
    ),
    "archive_too_large": _lt(
        "The ZIP file has more than %(maximum)s MB. Make several files."
    ),
    "archive_too_many": _lt(
        "The ZIP file has more than %(maximum)s files. Make several of it."
    ),
    "archive_unreadable": _lt(
        "The file is no ZIP file, or it is damaged. Put the pictures into a ZIP file."
    ),
}

#: Why one file of it is not taken.
IMAGE_MESSAGES = {
    "file_damaged": _lt("The file is no PNG, JPEG or WebP picture, or it is damaged."),
    "file_format": _lt("Only PNG, JPEG and WebP pictures are taken."),
    "file_path": _lt("The name or the path of the file is not allowed."),
    "file_pixels": _lt("The picture has more than %(maximum)s million pixels."),
    "file_too_large": _lt("The file has more than %(maximum)s MB."),
    "image_ambiguous": _lt(
        "%(name)s may be of several: %(found)s. Choose the project, or name the file "
        "by a unit."
    ),
    "image_twice": _lt(
        "%(type)s would get two pictures called %(name)s: this and %(other)s. "
        "Rename one."
    ),
    "image_unmatched": _lt(
        "No unit type and no unit is called so. Name the file like 2BR.png, "
        "2BR_photo_1.jpg or Tower A-1203.png."
    ),
    "unit_without_type": _lt(
        "Unit %(unit)s has no unit type that could show the picture. Give it one."
    ),
}
