"""Closed doors, told from short articles that speak of some."""

import pytest

from minsheng.clean import clean
from minsheng.contracts import Article, Failure

FIGURES = "全县共收到诉求417件，已办结364件，办结率87.3%。清理沟渠1810.8公里。"
LINE = "<p>发布时间：2024-04-20 10:00 来源：青禾县统计局</p>"


def page(text: str, *, title: str = "青禾县通报网站整改情况", line: str = LINE, above: str = "") -> bytes:
    head = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{above}<h1>{title}</h1>{line}"
    return f"{head}<div><p>{text}</p></div></body></html>".encode()


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
