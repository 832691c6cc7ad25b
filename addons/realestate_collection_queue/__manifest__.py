{
    "name": "Real Estate Collection on Job Queue",
    "summary": "Billing, notices and letters are spread over workers by queue_job",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Real Estate Suite contributors",
    "license": "LGPL-3",
    "depends": ["realestate_collection", "queue_job"],
    "data": ["data/queue_job_data.xml"],
    "auto_install": True,
}
