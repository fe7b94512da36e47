"""Pages as sites of other makers build them, each around the article of ``pages.py``; and pages without one."""

from __future__ import annotations

import json

from .pages import FOOTER, NAV, PARAGRAPHS, RELATED, TITLE

IN_P = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
IN_DIV = "".join(f"<div>{p}</div>" for p in PARAGRAPHS)
BY_BR = "<br><br>".join(f"　　{p}" for p in PARAGRAPHS)
ESCAPED = "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in PARAGRAPHS)
SITE = "青禾县人民政府"


def doc(body: str, title: str = f"{TITLE}_{SITE}网", head: str = "") -> bytes:
    return f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'.encode()


MENU = "<table><tr><td><img src=top.jpg></td></tr><tr><td><a href=/>首页</a> | <a href=/a>新闻</a></td></tr></table>"
SIDE = "<table><tr><td><a href=1.htm>栏目一栏目一</a></td></tr><tr><td><a href=2.htm>栏目二栏目二</a></td></tr></table>"

ARTICLES = {
    "tables and font elements, the site's name for a title": doc(
        f"{MENU}<table width=780><tr><td width=180>{SIDE}</td><td><table>"
        f"<tr><td align=center><font size=5 color=red><b>{TITLE}</b></font></td></tr>"
        "<tr><td align=center><font size=2>2023-5-4　来源：青禾日报　点击：123次</font></td></tr>"
        f"<tr><td><font size=3>{BY_BR}</font></td></tr><tr><td>【<a href=#>打印</a>】【<a href=#>关闭</a>】</td></tr>"
        f"</table></td></tr></table><table><tr><td>版权所有：{SITE}</td></tr></table>",
        title=SITE,
    ),
    "a cloud platform's containers": doc(
        f'{NAV}<div class="pages_content"><h1 id="title">{TITLE}</h1><div class="pages-date">2023-05-04 09:30 '
        '<span class="font">来源： 青禾日报</span> <span>字体：<a>【大】</a><a>【小】</a></span></div>'
        f'<div id="UCAP-CONTENT">{IN_P}</div><div class="share">分享到：<a>微信</a></div></div>{FOOTER}',
        head=f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2023-05-04 09:30">',
    ),
    "div for p": doc(
        f'{NAV}<div><div class="tit">{TITLE}</div><div>时间：2023年05月04日 来源：青禾日报</div>'
        f'<div class="con">{IN_DIV}</div></div>{FOOTER}'
    ),
    "bare text with br": doc(
        f"{NAV}<div class=con><h2>{TITLE}</h2><div>2023/05/04 09:30　青禾日报</div>{BY_BR}</div>{RELATED}{FOOTER}"
    ),
    "an account's post": doc(
        f'<div class="rich_media"><h1 class="rich_media_title">{TITLE}</h1><div class="rich_media_meta_list">'
        "<span>青禾日报</span></div>"
        f'<div style="visibility: hidden; opacity: 0;">{IN_P}<p>长按识别二维码关注</p></div></div>'
        '<script>var publish_time = "2023-05-04" || "";</script>',
        title="",
        head=f'<meta property="og:title" content="{TITLE}">',
    ),
    "markup in a textarea that a script shows": doc(
        f'<h1>{TITLE}</h1><div>2023-05-04 来源：青禾日报</div><div id="content"></div>'
        f'<textarea id="txt" style="display:none">{ESCAPED}</textarea>'
        "<script>content.innerHTML = txt.value</script>"
    ),
    "an abstract above and a fold below": doc(
        f"{NAV}<div><h1>{TITLE}</h1><p>青禾日报　2023-05-04 09:30:00　</p>"
        f'<div class="abstract">摘要：全县办结实事项目128个。</div>{IN_P}<p>展开阅读全文</p></div>{FOOTER}'
    ),
    "a post that ends with credits behind bars": doc(
        f'<div id="js_article"><h1 id="activity-name">{TITLE}</h1><em id="publish_time">2023-05-04 09:30</em>'
        f'<div id="js_content"><section>{IN_P}</section><section><p>END</p><p>来源丨青禾日报</p><p>编辑丨赵强</p>'
        "<p>点击“在看”，让更多人看到</p></section></div></div>",
        title="",
    ),
    "elements of a paper's digital edition": doc(
        '<table><tr><td><div class="ban">2023年05月04日 星期四 第03版：要闻 <a href=#>上一版</a></div>'
        f"<founder-title>{TITLE}</founder-title><p>——青禾县实事项目观察</p><p>■ 本报记者 王小明 通讯员 李红</p>"
        f"<founder-content>{IN_P}</founder-content><p>青禾日报 2023-05-04</p></td></tr></table>",
        title=f"{TITLE}-青禾日报数字报",
    ),
    "a blog's article between meta data and comments": doc(
        f'{NAV}<main><article class="post"><header><h1 class="entry-title">{TITLE}</h1><div class="entry-meta">'
        '<time datetime="2023-05-04T09:30:00+08:00">2023年5月4日</time> 来源：青禾日报 123 阅读</div></header>'
        f'<div class="entry-content">{IN_P}<div class="sharedaddy">分享到：微博 微信</div></div></article>'
        '<nav><a href="/1">上一篇：邻县新闻</a><a href="/2">下一篇：另一条</a></nav>'
        f'<div id="comments"><p>发表评论 您的邮箱不会被公开，必填项已用*标注。</p></div></main>{FOOTER}'
    ),
    "a gallery whose text is named an abstract": doc(
        f'{NAV}<div><ul><li><img src="1.jpg"></li></ul><h2 class="title">{TITLE}</h2><span>2023-05-04 09:30</span> '
        f'<span>来源：青禾日报</span><div class="abstract">{IN_P}</div></div>{RELATED}{FOOTER}'
    ),
    "data about the document in a table": doc(
        f"{NAV}<table><tr><td>索引号</td><td>QH-001</td><td>发文日期</td><td>2023年05月04日</td></tr></table>"
        f'<div><h1>{TITLE}</h1><p>来源：青禾日报</p></div><div id="zoom">{IN_P}</div>{FOOTER}'
    ),
    "an article element with comments": doc(
        f'{NAV}<article><header><h1>{TITLE}</h1><time datetime="2023-05-04T09:30:00+08:00">2023年5月4日 09:30</time> '
        f'<a class="source" href="#">青禾日报</a></header>{IN_P}<section class="comments"><h3>评论</h3>'
        f"<p>网友甲：写得好，这些项目真不错，希望多办一些这样的实事。</p></section></article>{FOOTER}"
    ),
}

DATA = {"title": TITLE, "source": "青禾日报", "publishTime": "2023-05-04 09:30:00", "content": IN_P}
OTHERS = [{"title": f"邻县第{i}次会议", "summary": "会议强调要抓好落实。"} for i in range(5)]
ARTICLES |= {
    "the state of an app in a script": doc(
        '<div id="app"></div><script>window.__STATE__='
        + json.dumps({"list": OTHERS, "article": DATA}, ensure_ascii=False).replace("[", "[undefined,", 1)
        + ";(function(){})();</script>"
    ),
    "escaped data of a server-side app": doc(
        '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">'
        + json.dumps({"props": {"others": OTHERS, "detail": DATA | {"publishTime": 1683163800000}}})
        + "</script>",
        title="新闻详情",
    ),
}

ENTRIES = "".join(
    f'<li><h3><a href="/n/{i}.html">第{i}乡镇召开民生工作推进会部署任务</a></h3><p>近日，'
    f"第{i}乡镇召开民生实事工作推进会，会议强调要抓好落实，切实办好群众身边的实事，"
    f"累计投入{i}万元……<a href='/n/{i}.html'>[详细]</a></p>"
    f"<span>2023-05-{i:02d}</span></li>"
    for i in range(1, 16)
)
NONE = {
    "list_page": doc(f"{NAV}<ul>{ENTRIES}</ul><div><a>上一页</a><a>下一页</a></div>{FOOTER}", title=f"工作动态_{SITE}"),
    "not_found_page": doc("<h1>404 Not Found</h1><hr><p>The page you are looking for could not be found.</p>", "404"),
    "verification_page": doc("<p>为保证您的正常访问，请进行如下验证：请拖动滑块完成拼图。</p>", "安全验证"),
    "login_page": doc(
        "<form><h2>用户登录</h2><input><button>登录</button></form><p>您需要登录后才可以查看此内容。</p>", "登录"
    ),
    "empty_shell": doc('<div id="app"></div><script src="app.js"></script>'),
}
