"""Pages for the tests, as government content systems build them: an article among navigation, prompts and footers."""

PARAGRAPHS = (
    "今年以来，青禾县聚焦群众急难愁盼，统筹推进民生实事，累计投入资金3.6亿元，办结实事项目128个。",
    "在城区，改造老旧小区42个，新增停车泊位1560个，更新供水管网27.3公里，惠及居民1.2万户。",
    "在乡村，新建农村公路86公里，改造危桥14座，为213名残疾人实施家庭无障碍改造。",
    "下一步，该县将继续推进37项实事，力争年底前全部完成。",
)
TITLE = "青禾县办好民生实事 提升群众幸福感"
NAV = '<div class="nav"><ul>' + "".join(f'<li><a href="/l{i}/">栏目名称{i}</a></li>' for i in range(12)) + "</ul></div>"
RELATED = (
    '<div class="related"><h3>相关阅读</h3><ul>'
    + "".join(f'<li><a href="/art/2023/5/{i}/a.html">邻县召开第{i}次工作推进会议部署任务</a></li>' for i in range(1, 9))
    + "</ul></div>"
)
FOOTER = (
    '<div class="footer"><p>主办单位：青禾县人民政府办公室</p><p>联系电话：0000-1234567 网站标识码：4200000001</p>'
    "<p>版权所有：青禾县人民政府 鄂ICP备00000000号</p></div>"
)


def page(
    body: str = "".join(f"<p>　　{p}</p>" for p in PARAGRAPHS),
    *,
    title: str = f"{TITLE}_青禾县人民政府网",
    head: str = "",
    line: str = "<span>发布时间：2023-05-04 09:30</span><span>来源：青禾日报</span><span>作者：王小明 李红</span><span>字号：大 中 小</span>",  # noqa: E501
    after: str = "<p>责任编辑：赵强</p><p>扫一扫在手机打开当前页</p>",
    box: str = 'class="xl-content"',
) -> bytes:
    """An article page in UTF-8."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{NAV}'
        f'<div>当前位置：<a href="/">首页</a> &gt; <a href="/zw/">政务要闻</a></div><h1>{TITLE}</h1><div class="info">{line}</div>'  # noqa: E501
        f"<div {box}>{body}</div>{after}{RELATED}{FOOTER}</body></html>"
    ).encode()
