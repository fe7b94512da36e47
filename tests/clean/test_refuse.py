"""Closed doors, told from short articles that speak of some."""

import pytest

from minsheng import vocabulary
from minsheng.acquire.judge import closed_door
from minsheng.clean import clean
from minsheng.contracts import Article, Failure

FIGURES = "全县共收到诉求417件，已办结364件，办结率87.3%。清理沟渠1810.8公里。"
LINE = "<p>发布时间：2024-04-20 10:00 来源：青禾县统计局</p>"


def page(text: str, *, title: str = "青禾县通报网站整改情况", line: str = LINE, above: str = "") -> bytes:
    head = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{above}<h1>{title}</h1>{line}"
    return f"{head}<div><p>{text}</p></div></body></html>".encode()


def doors() -> list[tuple[str, str, str]]:
    """Where fetching looks for the markers of closed doors, and what they mean; a hint at scripts may be a shell's."""
    rows = [(where, meaning, marker) for where, marker, meaning in vocabulary.closed_doors()]
    return [row for row in rows if row[0] in ("script", "text") and "JavaScript" not in row[2]]


@pytest.mark.parametrize("line", [LINE, ""])
@pytest.mark.parametrize(
    "words",
    [
        "市民反映页面不存在的问题，已答复。",
        "群众可输入用户名和密码后查询。请输入验证码完成注册。",
        "市民请登录县政府网站查询。",
        "部分用户访问异常的问题已排除。",
    ],
)
def test_a_short_article_that_speaks_of_a_closed_door_is_an_article(words, line):
    found = clean(page(words + FIGURES, line=line))
    assert isinstance(found, Article), found
    assert "417件" in found.body


def test_so_is_one_whose_headline_or_whose_sites_head_does():
    assert isinstance(clean(page(FIGURES, title="青禾县政府网站页面不存在问题已整改")), Article)
    assert isinstance(clean(page(FIGURES, above="<div>您好，请登录</div>")), Article)


@pytest.mark.parametrize(
    "title, text, reason",
    [
        ("页面不存在", "您访问的页面不存在或已被删除，3秒后自动跳转到首页。服务热线：027-12345678。", "not_found_page"),
        (
            "青禾县",
            "您访问的页面不存在。您可以返回首页，或者使用站内搜索查找您需要的内容，也可以拨打12345。",
            "not_found_page",
        ),
        (
            "青禾县",
            "您的访问过于频繁。您在60秒内访问了100次，请5分钟后再试，每天最多可以访问500次本网站的页面。",
            "verification_page",
        ),
        (
            "用户登录",
            "请登录。密码由8至16位字母和数字组成，连续输错5次后锁定24小时，有问题请联系网站的管理人员。",
            "login_page",
        ),
        ("安全验证", f"请完成安全验证。{FIGURES}", "verification_page"),
    ],
)
def test_a_closed_door_that_counts_is_one(title, text, reason):
    found = clean(page(text, title=title, line=""))
    assert isinstance(found, Failure)
    assert found.reason == reason


@pytest.mark.parametrize(
    "form",
    [
        "<h2>用户登录</h2><p>用户名<input name=u></p><p>密码<input type=password></p><p>请输入验证码</p>",
        "<p>用户名<input name=u></p><p>密码<input type=PASSWORD></p><p>请输入验证码</p><button>登录</button>",
    ],
)
def test_a_form_for_name_and_password_is_a_login_page_whatever_else_it_asks(form):
    found = clean(f"<html><head><title>办公系统</title></head><body><form>{form}</form></body></html>".encode())
    assert isinstance(found, Failure)
    assert found.reason == "login_page"


def test_a_page_titled_verification_is_one_even_where_it_names_the_login():
    found = clean("<html><title>安全验证</title><body><p>请登录，或者拖动滑块。</p></body></html>".encode())
    assert isinstance(found, Failure)
    assert found.reason == "verification_page"


@pytest.mark.parametrize(
    "end", ["……<a>[详细]</a>", "……", "...", "…【查看全文】", "……[更多&gt;&gt;]", "...... 详情", "……&gt;&gt;"]
)
def test_a_list_with_the_beginnings_of_its_articles_is_one(end):
    """Dates stand in the beginnings only."""
    entries = "".join(
        f'<div class="item"><h3><a href="/art/2022/7/{i}/art_1_{i}.html">县领导调研第{i}项重点工作</a></h3>'
        f"<p>7月{i}日，县委副书记、县长深入一线调研第{i}项重点工作推进情况，"
        f"强调要抓好落实，确保完成目标任务{i * 3}项{end}</p></div>"
        for i in range(1, 16)
    )
    head = "<html><head><meta charset=utf-8><title>政务要闻_青禾县</title></head>"
    found = clean(f"{head}<body>{entries}<div>共20页</div></body></html>".encode())
    assert isinstance(found, Failure)
    assert found.reason == "list_page"


@pytest.mark.parametrize(
    "html",
    [
        "<title>405</title><body><div>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</div>"
        "<p>您的请求ID是: 7b3a1</p>",
        '<script>document.cookie=("__jsl_clearance_s=1");location.href=location.pathname</script>',
        "<html><script>var arg1='3E';document.cookie='acw_sc__v2='</script></html>",
        '<html><head><meta content="x" r="m"><script r=m>$_ts=window["$_ts"];</script></head><body></body></html>',
        '<html><body><div id="app"></div><script src="/_guard/html.js"></script></body></html>',
    ],
)
def test_a_challenge_of_a_firewall_is_a_verification_page(html):
    found = clean(html.encode())
    assert isinstance(found, Failure)
    assert found.reason == "verification_page"


@pytest.mark.parametrize("place, kind, marker", doors())
def test_what_fetching_knows_of_closed_doors_cleaning_knows_too(place, kind, marker):
    html = {
        "script": f"<html><head><script>{marker}</script></head><body></body></html>",
        "text": f"<html><head><title>提示</title></head><body><p>{marker}</p></body></html>",
    }[place]
    assert closed_door(html.encode()) == kind
    found = clean(html.encode())
    assert isinstance(found, Failure)
    assert found.reason == kind


def test_a_shell_that_a_script_fills_is_one_though_it_names_a_cookie_of_some_firewall():
    found = clean(b"<html><body><div id=app></div><script>var a = 'guard';</script></body></html>")
    assert isinstance(found, Failure)
    assert found.reason == "empty_shell"


MAINTAINED = (
    "尊敬的用户：因系统升级改造，本网站将于2022年7月1日至7月5日暂停服务，由此带来的不便敬请谅解。感谢您的支持与理解。"
)


@pytest.mark.parametrize(
    "title, text",
    [
        ("系统维护", MAINTAINED),
        ("青禾县人民政府", MAINTAINED),
        ("网站维护中", "网站正在维护，请稍后访问。如有疑问，请拨打服务热线12345，我们将在工作时间为您解答。"),
        ("提示", "本站因服务器迁移暂时无法访问，预计24小时内恢复，给您带来的不便，我们深表歉意，敬请谅解。"),
        ("青禾县", "系统正在升级中，请您稍后再试。感谢您长期以来对我们工作的关心、支持和理解，谢谢合作！"),
    ],
)
def test_a_notice_that_the_site_is_down_is_no_article(title, text):
    found = clean(f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode())
    assert isinstance(found, Failure)
    assert found.reason == "maintenance_page"


@pytest.mark.parametrize(
    "title, text, line",
    [
        ("关于县政府网站升级改造暂停服务的公告", MAINTAINED, LINE),
        (
            "青禾县完成供水系统升级改造",
            "因供水系统升级改造，东区3个小区将于7月17日8时至18时暂停供水，影响居民1200户。",
            "",
        ),
        ("青禾县医保系统升级", f"县医保系统升级期间暂停服务，群众可到窗口办理。{FIGURES}", LINE),
    ],
)
def test_an_article_that_announces_it_is_one(title, text, line):
    assert isinstance(clean(page(text, title=title, line=line)), Article)


@pytest.mark.parametrize(
    "prompt",
    [
        "↑点击上方蓝字关注我们",
        "↑↑↑ 点击上方“青禾发布”关注我们",
        "👆点击蓝字，关注我们",
        "点上方蓝字关注我们",
        "▼ 长按二维码关注",
        "★ 欢迎关注青禾发布微信公众号",
    ],
)
def test_prompts_that_begin_with_a_sign_are_none_of_the_text(prompt):
    found = clean(page(f"{prompt}</p><p>{FIGURES}全县上下一条心，把群众的事情一件一件办好。"))
    assert isinstance(found, Article)
    assert "关注" not in found.body
    assert "417件" in found.body
