"""A closed door is told from a page; a page that speaks of doors is no closed door."""

from __future__ import annotations

import pytest

from minsheng.acquire.judge import closed_door

LOGIN = "<form>邮箱登录 用户名<input name=u> 密码<input type=password> 请输入验证码<input name=c></form>"
REPORT = "今年以来，全县城镇新增就业4100人，改造老旧小区12个，惠及居民2300户。各部门将民生实事列入清单，按月督办。" * 8
ENTRIES = "".join(f"<li><a href='/art/{n}.html'>江陵县召开民生实事推进会第{n}次</a></li>" for n in range(20))
ARTICLE = "近日，县公安局发布提醒：收到短信验证码切勿告诉他人。今年以来全县共发生此类案件12起，挽回损失340万元。" * 30


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<html><title>访问验证</title><body>请稍候</body></html>", "verification_page"),
        ("<html><head></head><body>您的访问过于频繁，请稍后再试</body></html>", "verification_page"),
        (
            "<html><body><script>document.cookie='__jsl_clearance=1';location.reload()</script></body></html>",
            "verification_page",
        ),
        ("<html><title>统一身份认证平台</title><form><input></form></html>", "login_page"),
        ("<html><title>县政府</title><form><input type='text'><input type=\"password\"></form></html>", "login_page"),
        (
            '<html><title>办公系统</title><form>密码<input type="password">请输入验证码<input></form></html>',
            "login_page",
        ),
        ("<html><title>用户登录</title><form>密码<input>请输入验证码<input></form></html>", "login_page"),
        ("<html><title>办公系统</title><form>请输入验证码<input></form></html>", "verification_page"),
        ("<html><title>安全验证</title><a>登录</a><p>请输入验证码</p></html>", "verification_page"),
        ("<html><title>办公系统</title><form><input name=u><input type=password></form></html>", "login_page"),
        ("<html><title>安全验证</title></html>".encode("gb18030").decode("latin-1"), "verification_page"),
    ],
)
def test_a_closed_door_is_recognised(html: str, kind: str) -> None:
    data = html.encode("utf-8") if max(html) > "\xff" else html.encode("latin-1")
    assert closed_door(data) == kind


@pytest.mark.parametrize(
    "html",
    [
        f"<html><title>谨防验证码诈骗</title><p>{ARTICLE}</p></html>",
        f"<html><title>全县新闻</title><a>登录</a><p>{ARTICLE}</p><script>'acw_sc__v2'</script></html>",
        "<html><title>全县经济运行情况</title><p>全年增长5.1%。</p><a>用户登录</a></html>",
        "<html><title>通知</title><p>短讯一则。</p></html>",
        f"<html><title>江陵县办好民生实事</title>{LOGIN}<p>{REPORT}</p></html>",
        f"<html><title>政务动态</title>{LOGIN}<ul>{ENTRIES}</ul></html>",
        "<html><title>江陵县</title><!-- <input type=password> --><p>江陵县新建学校3所。</p></html>",
        "<html><title>江陵县</title><script>f='<input type=\"password\">'</script><p>江陵县新建学校3所。</p></html>",
        "",
        "\x00\xff",
    ],
)
def test_a_page_is_none(html: str) -> None:
    assert closed_door(html.encode("utf-8", "replace")) is None
