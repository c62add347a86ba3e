.PHONY: run test help

help: ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: ## set everything up and serve the demonstration village on http://127.0.0.1:8000
	@setup/install.sh run
	@exec .venv/bin/kiosk run --demo

test: ## set everything up, then format, lint, types, import contracts, tests, browser journey
	@setup/install.sh test
	@setup/check.sh
