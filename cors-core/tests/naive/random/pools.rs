//! The texts for policies and requests, separated by bars: ordinary and odd ones.

pub(super) const HOSTS: &str = "\
    example.com|a.example.com|b.a.example.com|example.io|xexample.com|app.example.com|localhost|sub.localhost|\
    127.0.0.1|[::1]|192.0.2.7|[2001:db8::1]|mine.github.io|amazonaws.com|xn--bcher-kva.example";
pub(super) const ODD_HOSTS: &str = "\
    |.|..|.a|a..b|com|intranet|localhost.|sub.localhost.|notlocalhost|example.com.|-a.example.com|a-.example.com|\
    _x.example.com|a_b.example.com|-|_|127.9.9.9|127.0.0.1.|128.0.0.1|0.0.0.0|192.0.2.007|192.0.2|0x7f.1|\
    256.1.1.1|1.2.3.4.5|a.0xzz|a.0x1|a.0x|a.1|1.a|[::]|[2001:DB8::1]|[2001:db8:0:0:0:0:0:1]|[1:0:0:2:0:0:0:3]|\
    [1::2:0:0:0:3]|[::ffff:1.2.3.4]|[::ffff:102:304]|[fe80::1%25eth0]|[::1|xn--a.example|b\u{fc}cher.example|\
    App.example.com|a b|a!b.example|a%41.example|github.io|x.github.io|co.uk|x.sch.uk|sch.uk|kawasaki.jp|\
    city.kawasaki.jp|x.compute.amazonaws.com|core.windows.net|up.railway.app|user@example.com";
pub(super) const ORIGINS: &str = "\
    |*|null|none|file://|file:///x|https://|https://*|https://*.|https://*.:*|https://exa*.com|\
    https://*.*.example.com|*://example.com|https://foo.*|https://*.168.0.7|https://*.[::1]|//app.example.com|\
    app.example.com|https:/app.example.com|https://app.example.com/|https://app.example.com?x|\
    https://app.example.com#x| https://app.example.com|https://app.example.com |tauri://*.localhost|\
    tauri://localhost:*|https://*.example.com:80*|https://*.example.com/x|https://*.example.com:8080:*|\
    moz-extension://0b2c";
pub(super) const PORTS: &str = "|||:*|:1|:8080|:65535|:442|:81";
pub(super) const ODD_PORTS: &str = ":|:0|:00|:80|:443|:080|:08080|:65536|:65537|:99999|:4294967297|:+1|:8a|:-1";
pub(super) const METHODS: &str = "GET|HEAD|POST|PUT|PATCH|DELETE|PROPFIND|FOO|foo";
pub(super) const ODD_METHODS: &str = "put|Patch|propfind|TRACE|track|Connect|PU T||*|P*|PUT|GET";
pub(super) const ALLOWED: &str = "X-A|x-b|Content-Type|Accept|Authorization|X-HTTP-Method|Last-Modified";
pub(super) const ODD_ALLOWED: &str = "\
    x-a|authorization|cOOkie|SEC-Fetch-Mode|Sec|Proxy-X|Set-Cookie|Origin|Access-Control-Allow-Origin|\
    access-control-request-method|X Foo||X-A:|*|X-*";
pub(super) const EXPOSED: &str = "ETag|X-Total|Link|Content-Length|X-HTTP-Method|Cookie2";
pub(super) const ODD_EXPOSED: &str = "etag|sEt-cookie|Set-Cookie2|Access-Control-Allow-Origin|access-control-allow-credentials|\
    Access-Control-Expose-Headers|Access-Control-Allow-Methods|Access-Control-Max-Age|\
    Access-Control-Request-Headers|authorization|Range|If-Range|X Foo||*|Set-Cookie";
