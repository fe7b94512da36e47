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


def article(title: str, above: str = "", below: str = "") -> str:
    """A short article as a site's CMS builds it."""
    return (
        f"<html><head><title>{title}-某县人民政府</title></head><body>{above}<h1>{title}</h1>"
        "<div>发布时间：2022-07-16 10:00　来源：县融媒体中心</div><div class=TRS_Editor>"
        f"<p>今年上半年全县新增城镇就业3012人，发放稳岗返还资金1502万元，惠及企业230家。</p>{below}</div></body></html>"
    )


@pytest.mark.parametrize(
    "html",
    [
        article("全县召开就业工作会", above='<div style="display:none"><input name=u><input type="password"></div>'),
        article("全县召开就业工作会", above="<noscript>您的浏览器不支持JavaScript，请开启JavaScript</noscript>"),
        article("政务服务网新版上线 市民可人脸识别登录办事"),
        article("警方提醒：短信验证码不可告诉他人"),
        article("养老待遇可在手机上作身份验证"),
        article("全县推进网络安全", below="<p>部署网站防火墙12套，培训网管人员86名。</p>"),
        "<html><title>县政府</title><noscript>请开启JavaScript</noscript><div id=app></div></html>",  # empty, not shut
    ],
)
def test_an_article_is_none_however_short_and_whatever_it_speaks_of(html: str) -> None:
    assert closed_door(html.encode()) is None


@pytest.mark.parametrize(
    "html",
    [
        "<title>网站防火墙</title><h1>网站防火墙</h1><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>"
        "<p>可能原因：您提交的内容包含危险的攻击请求</p><p>普通网站访客，请联系网站管理员；</p>",
        "<title>405</title><h1>405</h1><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>",
        "<title>云防护</title><h2>当前访问疑似黑客攻击，已被拦截并记录。</h2><p>您的访问被阻断，如有疑问请联系网站管理员"
        "并提供下列信息。</p><p>事件编号：7b3972f4162170 客户端：1.2.3.4</p>",
        "<title>请稍候</title><h1>请开启JavaScript并刷新该页面</h1><p>本站需要浏览器支持JavaScript和Cookie才能正常访问，"
        "请在浏览器设置中开启后刷新本页。</p>",
        "<title>访问受限</title><p>您所在的地区无法访问本网站，请使用境内网络访问。</p>",
        "<title>统一身份认证平台</title><form><input></form><p>首次登录的用户请先完成实名认证。客服电话12345。</p>",
    ],
)
def test_a_door_that_explains_itself_is_no_article(html: str) -> None:
    assert closed_door(f"<html>{html}</html>".encode()) is not None
