# Each target is one script of scripts/; the scripts take options, the targets do not.
.DEFAULT_GOAL := help
.PHONY: help run stop reset test lint bench real-input

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 20

run: ## serve the demo database on http://localhost:8069
	@scripts/run

stop: ## stop the demo server and its database cluster
	@scripts/stop

reset: ## rebuild the demo database and serve it
	@scripts/reset

test: ## every test: pure tools, Odoo's runner, HTTP and browser
	@scripts/test

lint: ## every house rule: Python, Odoo, XML, JavaScript, shell, translations
	@scripts/lint

bench: ## measure, in ratios; nothing here fails a build
	@scripts/bench

real-input: ## drive the whole chain on one real inventory: make real-input FILE=…
	@scripts/real-input $(if $(FILE),"$(FILE)")
