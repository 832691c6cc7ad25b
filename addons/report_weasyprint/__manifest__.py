{
    "name": "Report Engine WeasyPrint",
    "summary": "Papers in any script by WeasyPrint, with a letterhead to be proud of",
    "version": "19.0.1.0.0",
    "category": "Technical",
    "license": "LGPL-3",
    "author": "Real Estate Suite contributors",
    "depends": ["web"],
    "external_dependencies": {"python": ["weasyprint"]},
    "data": [
        "security/paper_batch_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/ir_actions_report_views.xml",
        "views/report_templates.xml",
        "views/paper_batch_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "report_weasyprint/static/src/js/*.js",
            "report_weasyprint/static/src/scss/paper_batch.scss",
        ],
    },
}
