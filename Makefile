# `make` lists what there is. All of it is in run.py, which does the same without make:
# `python run.py test` is `make test`. Options go in ARGS: make test ARGS="-k tally"

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell command -v $(name) 2>/dev/null)))

.PHONY: help site build test records lint types check format bench accessibility addresses pictures requirements setup clean
.DEFAULT_GOAL := help

help site build test records lint types check format bench accessibility addresses pictures requirements setup clean:
	@$(if $(PYTHON),,$(error This needs Python 3.11 or newer, and there is none on this machine))\
	$(PYTHON) run.py $@ $(ARGS)
