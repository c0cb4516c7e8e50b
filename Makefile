# Countersign. The two commands for a fresh clone are `make demo` and `make test`; each installs what it needs first.

PREFIX ?= /usr/local
DESTDIR ?=
CARGO ?= cargo
INSTALL ?= install

# The tools are what Cargo.toml says they are; what browsers start is no tool, and has no man page and no completions.
BRIDGE := countersign-bridge
TOOLS := $(filter-out $(BRIDGE),$(shell sed -n '/^\[\[bin\]\]/,/^path/s/^name = "\(.*\)"/\1/p' Cargo.toml))
TARGET := $(or $(CARGO_TARGET_DIR),target)
# Cargo writes lines that end a test run only when it runs tests: documentation examples come first, so that these are last.
TESTS := --workspace --lib --bins --tests

.PHONY: all build demo test test-heavy test-windows bench docs deny install uninstall

all: build

build:
	$(CARGO) build --release --locked --bins

# A captured request, signed, run by curl against a server that verifies; then the same, tampered with.
demo:
	@tests/support/install demo
	@$(CARGO) build --quiet --locked --bins
	@tests/demo/run

test:
	@tests/support/install test
	$(CARGO) test --locked --workspace --doc
	$(CARGO) test --locked $(TESTS)

# What takes minutes rather than seconds; marked #[ignore] with the reason.
test-heavy:
	@tests/support/install test heavy
	$(CARGO) test --locked $(TESTS) -- --ignored

# bridge-install and countersign-bridge, built for Windows and run under Wine; macOS is type-checked.
test-windows:
	@tests/windows/run

# Figures of this machine, as ratios to others doing the same work in the same run.
bench:
	@tests/support/install bench
	@for bench in tests/bench/*; do \
	    if [ -f "$$bench" ] && [ -x "$$bench" ]; then echo "== $$bench" && "$$bench" || exit 1; fi; done

# Writes man/ and completions/ anew from the tools.
docs:
	COUNTERSIGN_WRITE_DOCUMENTS=1 $(CARGO) test --locked --test all generated

# Licences, sources, duplicates and advisories of what we depend on; needs cargo-deny.
deny:
	$(CARGO) deny --all-features check

# As root, where Cargo may not be there any more, what `make` has built before is installed.
install:
	@if command -v $(CARGO) >/dev/null; then $(CARGO) build --release --locked --bins; fi
	@for tool in $(TOOLS) $(BRIDGE); do [ -x $(TARGET)/release/$$tool ] || { echo "run make first" >&2; exit 1; }; done
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d $(DESTDIR)$(PREFIX)/share/pwsh/completions \
	    $(DESTDIR)$(PREFIX)/share/elvish/lib
	@for tool in $(TOOLS); do \
	    $(INSTALL) -m 755 $(TARGET)/release/$$tool $(DESTDIR)$(PREFIX)/bin/$$tool && \
	    $(INSTALL) -m 644 man/$$tool.1 $(DESTDIR)$(PREFIX)/share/man/man1/$$tool.1 && \
	    $(INSTALL) -m 644 completions/$$tool.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$tool && \
	    $(INSTALL) -m 644 completions/_$$tool $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_$$tool && \
	    $(INSTALL) -m 644 completions/$$tool.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/$$tool.fish && \
	    $(INSTALL) -m 644 completions/_$$tool.ps1 $(DESTDIR)$(PREFIX)/share/pwsh/completions/_$$tool.ps1 && \
	    $(INSTALL) -m 644 completions/$$tool.elv $(DESTDIR)$(PREFIX)/share/elvish/lib/$$tool.elv || exit 1; \
	    echo "installed $(PREFIX)/bin/$$tool, its man page and completions"; done
	$(INSTALL) -m 755 $(TARGET)/release/$(BRIDGE) $(DESTDIR)$(PREFIX)/bin/$(BRIDGE)
	$(INSTALL) -m 644 man/countersign-request.5 $(DESTDIR)$(PREFIX)/share/man/man5/countersign-request.5

uninstall:
	for tool in $(TOOLS); do rm -f $(DESTDIR)$(PREFIX)/bin/$$tool $(DESTDIR)$(PREFIX)/share/man/man1/$$tool.1 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$tool \
	    $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_$$tool \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/$$tool.fish \
	    $(DESTDIR)$(PREFIX)/share/pwsh/completions/_$$tool.ps1 $(DESTDIR)$(PREFIX)/share/elvish/lib/$$tool.elv; done
	rm -f $(DESTDIR)$(PREFIX)/bin/$(BRIDGE) $(DESTDIR)$(PREFIX)/share/man/man5/countersign-request.5
