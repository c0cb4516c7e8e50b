#!/usr/bin/env python3
"""Python's http.cookiejar: which cookies of a jar in Netscape's format each URL gets.

    http_cookiejar.py JAR URL...

Prints a line a URL: the Cookie header, or nothing.
"""

import sys
import urllib.request
from http.cookiejar import DefaultCookiePolicy, MozillaCookieJar

path, *urls = sys.argv[1:]
# Cookies without a Domain attribute are for their host alone, as browsers have it.
policy = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain)
jar = MozillaCookieJar(path, policy=policy)
jar.load(ignore_discard=True, ignore_expires=True)
for cookie in jar:
    # It takes the 0 of the session's cookies for 1970; whoever uses it corrects that.
    if cookie.expires == 0:
        cookie.expires, cookie.discard = None, True
for url in urls:
    request = urllib.request.Request(url)
    jar.add_cookie_header(request)
    print(request.get_header("Cookie", ""))
