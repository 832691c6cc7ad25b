{
    "name": "Real Estate Demo",
    "summary": "A developer's two years in three projects, for a look around",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Real Estate Suite contributors",
    "license": "LGPL-3",
    "depends": [
        "realestate_collection",
        "contacts",
        "partner_autocomplete",
        "payment_demo",
    ],
    "post_init_hook": "build_demo",
}
