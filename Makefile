# One command for each thing a person does here. Set-up steps live in Scripts/setup.

SWIFT ?= swift
FIXTURES := fixtures/flchain
REPORT := assay-report
PYTHON ?= python3

.PHONY: help setup build demo lint test docs bench reports fuzz calibration dist dist-check page-check clean

help:
	@echo "make demo         set up, build, judge fixtures/flchain, show what was written"
	@echo "make test         set up, lint, run all tests, fuzz the reader"
	@echo "make docs         the reference of the library and its tutorial, in .build/docs"
	@echo "make reports      regenerate the committed sample reports in Reports/"
	@echo "make bench        run the benchmarks and rewrite the table in Benchmarks/README.md"
	@echo "make calibration  measure false decisions and power, rewrite Reports/calibration"
	@echo "make fuzz         a million mutated inputs through the reader"
	@echo "make dist         a tarball, a wheel and a container file in dist/"
	@echo "make dist-check   install them on a bare system and make a first report there"
	@echo "make page-check   read sample reports in a browser and with the tools of pipelines"
	@echo "make setup        install the C libraries that are missing"
	@echo "make clean        remove what builds made"

setup:
	@sh Scripts/setup

build: setup
	$(SWIFT) build -c release --product assay

demo: build
	$(SWIFT) run -c release --skip-build assay evaluate \
	  $(FIXTURES)/real_train.csv $(FIXTURES)/synth_cart.csv -H $(FIXTURES)/real_holdout.csv \
	  --target death --exclude chapter --exclude futime --output $(REPORT)

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Examples Package.swift Benchmarks/Package.swift Benchmarks/Sources
	$(PYTHON) -B fixtures/flchain/make.py --check
	$(PYTHON) -B fixtures/tiny/make.py --check

test: lint
	@sh Scripts/setup --test-tools
	ASSAY_WARNINGS_AS_ERRORS=1 $(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	ASSAY_WARNINGS_AS_ERRORS=1 $(SWIFT) test --skip-build
	@Scripts/docs --check || { status=$$?; [ $$status -eq 77 ] || exit $$status; }
	$(SWIFT) build -c release --product assay-fuzz
	$(SWIFT) run -c release --skip-build assay-fuzz --iterations 100000 --seed 1

# Settings as for tests, so that neither compiles again what the other has built.
docs: setup
	ASSAY_WARNINGS_AS_ERRORS=1 $(SWIFT) build
	Scripts/docs

reports: build
	sh Scripts/reports

bench: setup
	sh Scripts/bench

calibration: setup
	$(SWIFT) build -c release --product assay-calibrate
	$(SWIFT) run -c release --skip-build assay-calibrate Reports/calibration 100 ../shared/data

fuzz: setup
	$(SWIFT) build -c release --product assay-fuzz
	$(SWIFT) run -c release --skip-build assay-fuzz --iterations 1000000 --seed 2

dist: build
	@sh Scripts/setup --dist-tools
	sh Scripts/dist

# 77: this machine cannot try (no root, no archive to fetch a bare system from); it says so.
dist-check: dist
	@sh Scripts/dist-check || { status=$$?; [ $$status -eq 77 ] || exit $$status; }

# 77: the tools cannot be had here; it says which. The samples are the tests' own and one real report.
page-check: build
	@sh Scripts/setup --page-tools || echo 'page-check: not tried: the tools cannot be had here'
	@rm -rf .build/page-samples
	ASSAY_SAMPLES=.build/page-samples ASSAY_WARNINGS_AS_ERRORS=1 $(SWIFT) test --filter WriteSamplesTests
	$(SWIFT) run -c release --skip-build assay evaluate $(FIXTURES)/real_train.csv \
	  $(FIXTURES)/synth_broken.csv -H $(FIXTURES)/real_holdout.csv --target death \
	  --exclude chapter --exclude futime --policy release --quiet \
	  --format html,json,junit,sarif,code-quality,badge --output .build/page-samples/real || \
	  [ $$? -eq 1 ]
	@cp docs/ci/*.yml .build/page-samples/
	@Scripts/check-page .build/page-samples || { status=$$?; [ $$status -eq 77 ] || exit $$status; }

clean:
	rm -rf .build Benchmarks/.build dist $(REPORT)
