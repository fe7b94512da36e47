"""The indicator id of a phrase: parts of a total, distances from a mark, growth beside its level."""

from __future__ import annotations

import pytest

from minsheng.contracts import Article
from minsheng.measure import measure
from minsheng.measure.indicators import lookup


@pytest.mark.parametrize(
    "words, unit, kind, expected",
    [
        ("进出口总值增长", "%", "change", "trade_total_change_rate"),
        ("货物进出口总额", "CNY", "level", "trade_total"),
        ("山货进出口", "CNY", "level", "trade_by_kind"),
        ("甲国进出口增长", "%", "change", "trade_by_kind_change_rate"),
        ("出口", "CNY", "level", "exports"),
        ("出口茶具", "CNY", "level", "exports_by_kind"),
        ("竹制品出口额下降", "%", "change", "exports_by_kind_change_rate"),
        ("芝麻进口额增长", "%", "change", "imports_by_kind_change_rate"),
        ("全社会固定资产投资增长", "%", "change", "fixed_investment_change_rate"),
        ("民间固定资产投资", "CNY", "level", "investment_by_kind"),
        ("第三产业投资增长", "%", "change", "investment_by_kind_change_rate"),
        ("项目投资增长", "%", "change", "investment_by_kind_change_rate"),
        ("社会消费品零售总额增长", "%", "change", "retail_sales_change_rate"),
        ("乡村消费品零售额增长", "%", "change", "retail_by_kind_change_rate"),
        ("家具类商品零售额增长", "%", "change", "retail_by_kind_change_rate"),
        ("网上零售额增长", "%", "change", "ecommerce_sales_change_rate"),
        ("规模以上工业增加值增长", "%", "change", "industrial_value_added_change_rate"),
        ("造纸业增加值增长", "%", "change", "value_added_change_rate"),
        ("服务业增加值增长", "%", "change", "tertiary_value_added_change_rate"),
        ("金融业增加值增长", "%", "change", "value_added_change_rate"),
        ("税收收入增长", "%", "change", "tax_revenue_change_rate"),
        ("粮食总产量稳定", "kg", "level", "grain_output"),
        ("早稻产量", "kg", "level", "grain_by_kind"),
        ("果农人均桃子收入", "CNY", "level", "income_per_head_by_kind"),
        ("城镇消费品零售额", "CNY", "level", "retail_by_kind"),
        ("涉农贷款余额", "CNY", "level", "loans_by_kind"),
        ("金融机构本外币贷款余额", "CNY", "level", "loans_balance"),
        ("城镇居民人均可支配收入增长", "%", "change", "urban_income_per_head_change_rate"),
    ],
)
def test_a_part_is_not_filed_as_the_whole(words: str, unit: str, kind: str, expected: str | None) -> None:
    assert lookup(words, unit, kind, words) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("某站水位25.3米，超警戒水位（25.0米）0.3米。", ["water_level", "water_level_mark", "water_level_above_mark"]),
        ("青石站水位24.3米，低于警戒水位0.7米。", ["water_level", "water_level_above_mark"]),
        ("3条河流水位偏高0.2米。", ["rivers", "water_level_above_mark"]),
        ("警戒水位25米。", ["water_level_mark"]),
        ("最低水位21米。", ["water_level"]),
    ],
)
def test_the_distance_from_a_mark_is_no_water_level(sentence: str, expected: list[str]) -> None:
    assert [o.indicator_id for o in measure(Article("a", "", "", sentence, "", "s")).observations] == expected


@pytest.mark.parametrize(
    "words, unit, kind, expected",
    [
        ("单位产值能耗下降", "%", "change", "energy_use_change_rate"),
        ("碳排放强度降低", "%", "change", "energy_use_change_rate"),
        ("快递包裹增长", "%", "change", "deliveries_change_rate"),
        ("发电量增长", "%", "change", "electricity_generated_change_rate"),
        ("商品销售额增长", "%", "change", "sales_change_rate"),
        ("研发投入增长", "%", "change", "rnd_spending_change_rate"),
        ("专利授权量增长", "%", "change", "patents_change_rate"),
        ("短期贷款增加", "CNY", "change", "loans_increase"),
        ("药品价格下降", "%", "change", "prices_change_rate"),
        ("研发投入强度", "%", "share", "rnd_intensity"),
    ],
)
def test_growth_goes_under_the_rate_of_its_own_level(words: str, unit: str, kind: str, expected: str | None) -> None:
    assert lookup(words, unit, kind, words) == expected


@pytest.mark.parametrize(
    "words, unit, expected",
    [
        ("协调解决问题", "{item}", "issues_resolved"),
        ("组织调解", "{item}", "disputes_resolved"),
        ("输电线路全长", "m", "route_length"),
        ("公交运营里程", "m", "route_length"),
        ("成交楼面地价", "CNY/m2", "land_price"),
        ("展会养老展区", "{item}", None),
        ("带动就业创业", "{person}", "employment_promoted"),
        ("收购早稻", "kg", "grain_purchased"),
        ("杆路受损", "m", "power_facilities_damaged"),
        ("参展国别", "{item}", "countries_covered"),
        ("惠及医务工作者", "{person}", "health_workers"),
        ("每千人口执业医师数", "{person}", "health_workers_per_thousand"),
        ("养老保险参保", "{person}", "social_security_people"),
        ("居民医保参保", "{person}", "medical_insurance_people"),
        ("线上销售", "CNY", "ecommerce_sales"),
        ("建成研发平台", "{item}", "innovation_platforms"),
    ],
)
def test_a_word_inside_others_names_nothing(words: str, unit: str, expected: str | None) -> None:
    assert lookup(words, unit, "level", words) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("房地产开发投资下降12.6%。", [("房地产开发投资下降", "real_estate_change_rate")]),
        ("旅游开发投资3亿元。", [("旅游开发投资", "investment_by_kind")]),
        ("煤炭开采投资增长3%。", [("煤炭开采投资增长", "investment_by_kind_change_rate")]),
        (
            "居民人均可支配收入名义增长5.6%，扣除价格因素，实际增长5.3%。",
            [
                ("居民人均可支配收入增长", "income_per_head_change_rate"),
                ("居民人均可支配收入实际增长", "income_per_head_real_change_rate"),
            ],
        ),
        (
            "农村居民人均可支配收入2万元，扣除价格因素后实际增长7%。",
            [
                ("农村居民人均可支配收入", "rural_income_per_head"),
                ("农村居民人均可支配收入实际增长", "rural_income_per_head_real_change_rate"),
            ],
        ),
        (
            "人均GDP达6万元，数字经济规模达126亿元。",
            [("人均GDP", "gdp_per_head"), ("数字经济规模", "industry_size")],
        ),
        ("人均地区生产总值增长4.1%。", [("人均地区生产总值增长", "gdp_per_head_change_rate")]),
        ("海洋生产总值360亿元，增长5%。", [("海洋生产总值", None), ("海洋生产总值增长", None)]),
        ("全地区固定资产投资增长9.6%。", [("固定资产投资增长", "fixed_investment_change_rate")]),
        ("油菜籽单产136公斤，总产1.2万吨。", [("油菜籽单产", "yield_per_area"), ("总产", None)]),
        ("最低工资标准2000元。", [("工资标准", "minimum_wage")]),
        (
            "60岁及以上人口12万人，15—59岁人口33万人，总人口45万人。",
            [("岁及以上人口", "elderly_population"), ("岁人口", "population_by_kind"), ("总人口", "population")],
        ),
        (
            "水位超设防水位0.12米，设防水位23米。",
            [("水位设防水位", "water_level_above_mark"), ("设防水位", "water_level_mark")],
        ),
        ("PM2.5浓度28微克/立方米，优良率83.5%。", [("PM2.5浓度", "pm25"), ("优良率", "air_quality_rate")]),
    ],
)
def test_a_sum_its_parts_its_mean_and_its_real_growth_are_told_apart(
    sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    found = measure(Article("a", "", "", sentence, "", "s")).observations
    assert [(o.indicator, o.indicator_id) for o in found] == expected


@pytest.mark.parametrize(
    "words, unit, kind, expected",
    [
        ("水泥产量", "kg", "level", "output_volume"),
        ("多晶硅产量", "kg", "level", "output_volume"),
        ("产量", "kg", "level", None),
        ("水产品产量", "kg", "level", "farm_output"),
        ("棉花产量", "kg", "level", "farm_output"),
        ("辣椒产量", "kg", "level", "farm_output"),
        ("出生人口", "{person}", "level", "births"),
        ("死亡人口", "{person}", "level", "population_deaths"),
        ("女性人口", "{person}", "level", "population_by_kind"),
        ("年末常住人口", "{person}", "level", "population"),
        ("到位省外资金", "CNY", "level", "domestic_investment"),
        ("实际利用外资", "CNY", "level", "foreign_investment"),
        ("城镇登记失业率", "%", "share", "unemployment_rate_registered"),
        ("每千人企业", "{household}", "level", None),
        ("每千名老年人养老床位", "{item}", "level", "elderly_beds_per_thousand"),
        ("超警戒堤段长", "m", "level", None),
        ("优良天数比例", "%", "share", "air_quality_rate"),
        ("优良天数比率", "%", "share", "air_quality_rate"),
        ("工程优良率", "%", "share", "pass_rate"),
        ("人均体育场地面积", "m2", "level", "sports_ground_area_per_head"),
        ("每千人口医疗床位", "{item}", "level", "beds_per_thousand"),
        ("社零总额", "CNY", "level", "retail_sales"),
        ("社零增长", "%", "change", "retail_sales_change_rate"),
        ("有效注册商标", "{item}", "level", "trademarks"),
        ("电影票房", "CNY", "level", "box_office"),
        ("就业困难人员就业", "{person}", "level", "hard_to_employ_employed"),
        ("电动自行车充电桩", "{item}", "level", "charging_points"),
        ("开行货运列车", "{item}", "level", "trains_flights"),
        ("引进外地机械", "{item}", "level", None),
        ("曝光典型案例", "{time}", "level", "typical_cases"),
        ("粮食作物播种面积", "m2", "level", "grain_sown_area"),
        ("白菜批发价", "%", "change", "prices_change_rate"),
    ],
)
def test_a_part_or_another_kind_has_an_id_of_its_own(words: str, unit: str, kind: str, expected: str | None) -> None:
    assert lookup(words, unit, kind, words) == expected


@pytest.mark.parametrize(
    "body, phrases, ids",
    [
        ("上半年发送旅客90万人次，日均5000人次。", ["发送旅客", "发送旅客日均"], ["passengers", "passengers_per_day"]),
        ("景区日均接待游客3万人次。", ["日均接待游客"], ["tourists_per_day"]),
        ("每天发放补贴3万元，发放补贴90万元。", ["发放补贴"] * 2, [None, "subsidies_paid"]),
        ("贷款增加12亿元，同比多增3亿元。", ["贷款增加", "贷款多增"], ["loans_increase", "loans_increase_gap"]),
        ("奖励学生5000元/人。", ["奖励学生"], [None]),
        ("亩均增收800元，每单运费降低0.8元。", ["亩均增收", "每单运费降低"], ["farm_household_income", None]),
        ("基础养老金由每人每月180元提高到198元。", ["基础养老金", "基础养老金提高"], ["pension_standard"] * 2),
    ],
)
def test_what_is_of_one_day_or_person_is_no_total(body: str, phrases: list[str], ids: list[str | None]) -> None:
    found = measure(Article("test", "", "", body, "", "test")).observations
    assert [(o.indicator, o.indicator_id) for o in found] == list(zip(phrases, ids, strict=True))


@pytest.mark.parametrize(
    "body, expected",
    [
        ("甲市、乙市2市维持Ⅰ级应急响应。", ["cities_covered"]),
        ("7个市(州)启动防汛应急响应。", ["cities_covered"]),
        ("3个县受灾。", ["counties_covered"]),
        ("暴雨涉及2市州、8县区、36乡镇。", ["cities_covered", "counties_covered", "townships_covered"]),
        ("活动覆盖13个市州。", ["cities_covered"]),
        ("3个州启动应急响应。", ["cities_covered"]),
        ("检查组分赴8个乡。", ["townships_covered"]),
        ("走访8个乡。", ["places_visited"]),
        ("3个县医院开通热线。", ["medical_facilities"]),
        ("4个区级平台上线。", ["platforms"]),
    ],
)
def test_a_place_that_is_counted_is_a_place_whatever_happens_to_it(body: str, expected: list[str]) -> None:
    assert [o.indicator_id for o in measure(Article("a", "", "", body, "", "s")).observations] == expected


@pytest.mark.parametrize(
    "words, unit, kind, expected",
    [
        ("风电装机", "W", "level", "power_capacity"),
        ("新增风电装机", "W", "level", "power_capacity_new"),
        ("最大用电负荷", "W", "level", "power_load"),
        ("高新技术企业", "{item}", "level", "high_tech_enterprises"),
        ("新认定高新技术企业", "{item}", "level", "high_tech_enterprises_new"),
        ("新增高新技术企业总数", "{item}", "level", "high_tech_enterprises"),
        ("创新建设实验室", "{item}", "level", "innovation_platforms"),
        ("贷款余额增加", "CNY", "change", "loans_increase"),
        ("新增贷款", "CNY", "level", "loans_increase"),
        ("减少碳排放", "kg", "change", "carbon_reduced"),
        ("新建暖棚", "{item}", "level", "facilities_new"),
        ("新建气象站", "{item}", "level", None),
        ("完成率", "%", "share", "completion_share"),
        ("发明专利授权", "{item}", "level", "patents_granted"),
        ("有效发明专利", "{item}", "level", "patents_in_force"),
        ("盘活资产", "CNY", "level", "assets_revitalised"),
        ("总资产", "CNY", "level", "total_assets"),
        ("疏浚河道", "m", "level", "river_length_managed"),
        ("灌区渠道", "m", "level", "river_length"),
        ("培训能力", "{person}", "level", None),
    ],
)
def test_what_is_new_is_no_stock(words: str, unit: str, kind: str, expected: str | None) -> None:
    assert lookup(words, unit, kind, words) == expected


@pytest.mark.parametrize(
    "words, unit, kind, expected",
    [
        ("火场过火面积", "m2", "level", "burnt_area"),
        ("水毁桥梁", "{item}", "level", "bridges_damaged"),
        ("受损学校", "{item}", "level", "schools_damaged"),
        ("抢通道路", "m", "level", "roads_reopened"),
        ("列车滞留", "{time}", "level", None),
        ("滞留旅客", "{person}", "level", "passengers_stranded"),
        ("小区停电", "{item}", "level", "places_without_power"),
        ("停电用户", "{household}", "level", "blackouts"),
        ("被困老人", "{person}", "level", "people_trapped"),
        ("入住老人", "{person}", "level", "elderly_people"),
        ("农业保险估损金额", "CNY", "level", "insurance_losses_estimated"),
        ("占出口总值提升", "pp", "change", "rate_points"),
        ("旅客总消费增长", "%", "change", "tourism_income_change_rate"),
        ("捐赠生活物资", "{item}", "level", "donations"),
        ("律师事务所", "{item}", "level", "legal_service_bodies"),
        ("特邀调解员", "{person}", "level", "legal_workers"),
        ("诉前调解纠纷", "{item}", "level", "disputes_resolved"),
        ("发现问题线索", "{item}", "level", "clues"),
        ("冻结存款", "CNY", "level", "assets_frozen"),
        ("执行到位金额", "CNY", "level", "assets_enforced"),
        ("发送预警短信", "{item}", "level", "warnings_issued"),
        ("大型企业增长", "%", "change", "value_added_change_rate"),
        ("录取分数线", "{person}", "level", None),
        ("因灾死亡失踪", "{person}", "level", "dead_or_missing"),
        ("灾后恢复重建资金", "CNY", "level", "reconstruction_funds"),
        ("给予一次性补贴", "CNY", "level", "grant_per_case"),
        ("发放补贴", "CNY", "level", "subsidies_paid"),
        ("考取奖学金", "CNY", "level", "grant_per_case"),
        ("蔬菜亩产值", "CNY", "level", "output_value_per_area"),
        ("拨付补助资金", "CNY", "level", "funds_paid"),
        ("劣V类断面占", "%", "share", "output_share"),
        ("二手房成交", "{item}", "level", "housing_units_sold"),
        ("管网漏损率", "%", "share", "water_leakage_rate"),
    ],
)
def test_what_happens_to_a_thing_is_not_the_thing(words: str, unit: str, kind: str, expected: str | None) -> None:
    assert lookup(words, unit, kind, words) == expected


@pytest.mark.parametrize(
    "words, classifier, expected",
    [
        ("自来水公司", "辆", None),
        ("自来水公司", "家", "enterprises"),
        ("增援分队出动", "车", None),
        ("建成完全中学", "班", None),
        ("建成完全中学", "所", "schools_built"),
    ],
)
def test_a_body_is_counted_in_its_own_units(words: str, classifier: str, expected: str | None) -> None:
    assert lookup(words, "{item}", "level", words, "", classifier) == expected


@pytest.mark.parametrize(
    "words, unit, kind, expected",
    [
        ("户籍人口城镇化率", "%", "share", "urbanisation_rate"),
        ("人口自然增长率", "[ppth]", "change", "natural_growth_rate"),
        ("人口密度", "{person}", "level", "population_density"),
        ("城镇常住人口", "{person}", "level", "population_by_kind"),
        ("婴儿死亡率", "[ppth]", "share", "infant_mortality"),
        ("孕产妇死亡率", "10*-5", "share", "maternal_mortality"),
        ("参加职工基本养老保险人数", "{person}", "level", "social_security_people"),
        ("发放养老保险金", "CNY", "level", "pensions_paid"),
        ("参加生育保险人数", "{person}", "level", "social_security_people"),
        ("农村居民最低生活保障人数", "{person}", "level", "allowance_people"),
        ("登记失业人员", "{person}", "level", "unemployed"),
        ("普通高中", "{item}", "level", "schools"),
        ("高校毕业生", "{person}", "level", "graduates"),
        ("报名考生", "{person}", "level", "examinees"),
        ("在园幼儿", "{person}", "level", "preschool_children"),
        ("公办园在园幼儿占比", "%", "share", "output_share"),
        ("考试设考点", "{item}", "level", "exam_sites"),
        ("卫生技术人员", "{person}", "level", "health_workers"),
        ("出院人数", "{person}", "level", "patients_treated"),
        ("平均住院日缩短", "d", "change", "average_stay"),
        ("家庭医生签约", "{person}", "level", "family_doctor_contracts"),
        ("重点人群签约率", "%", "share", "family_doctor_contract_rate"),
        ("建立健康档案", "{person}", "level", "health_records"),
        ("疫苗接种率", "%", "share", "vaccination_rate"),
        ("民用汽车拥有量", "{item}", "level", "vehicles_owned"),
        ("私人汽车保有量增长", "%", "change", "vehicles_owned_change_rate"),
        ("旅客周转量", "{person}.km", "level", "traffic_turnover"),
        ("铁路营业里程", "m", "level", "railway_length"),
        ("内河航道里程", "m", "level", "waterways_length"),
        ("城市道路面积", "m2", "level", "road_area"),
        ("班列开行量增长", "%", "change", "trains_flights_change_rate"),
        ("快递业务收入", "CNY", "level", "delivery_income"),
        ("移动电话用户", "{household}", "level", "phone_users"),
        ("固定互联网宽带用户", "{household}", "level", "broadband_users"),
        ("5G用户", "{household}", "level", "telecom_users"),
        ("境内上市公司", "{item}", "level", "listed_companies"),
        ("合同外资金额", "CNY", "level", "foreign_investment_contracted"),
        ("R&D经费支出", "CNY", "level", "rnd_spending"),
        ("商品房销售额", "CNY", "level", "housing_sales_value"),
        ("建筑业总产值", "CNY", "level", "construction_output"),
        ("证券交易额", "CNY", "level", "securities_trading"),
        ("证券营业部", "{item}", "level", None),
        ("资产负债率", "%", "share", "debt_ratio"),
        ("工业产品产销率", "%", "share", "sales_output_ratio"),
        ("恩格尔系数", "%", "share", "engel_coefficient"),
        ("人均住房建筑面积", "m2", "level", "housing_area_per_head"),
        ("餐饮业营业额增长", "%", "change", "catering_income_change_rate"),
        ("粮食总产量增长", "%", "change", "grain_output_change_rate"),
        ("建成区绿化覆盖率", "%", "share", "green_coverage"),
        ("建成区面积", "m2", "level", "built_up_area"),
        ("本科上线率", "%", "share", "progression_rate"),
        ("普惠率", "%", "share", "inclusive_kindergarten_share"),
        ("毛入学率", "%", "share", "gross_enrolment"),
        ("自然保护区", "{item}", "level", "nature_reserves"),
        ("治理水土流失面积", "m2", "level", "soil_erosion_area"),
        ("水资源总量", "m3", "level", "water_resources"),
        ("日照时数", "h", "level", "sunshine_hours"),
        ("能源消费总量", "kg", "level", "energy_consumption"),
        ("农业机械总动力", "W", "level", "farm_machine_power"),
        ("化肥施用量", "kg", "level", "fertiliser_used"),
        ("公共图书馆藏书", "{item}", "level", "books"),
        ("艺术表演团体", "{item}", "level", "arts_troupes"),
        ("发生生产安全事故", "{time}", "level", "accidents"),
        ("行政审批事项", "{item}", "level", "matters"),
        ("发放住房租赁补贴", "{household}", "level", "rent_subsidised"),
        ("村民委员会", "{item}", "level", "villages_covered"),
        ("办理结婚登记", "{item}", "level", "marriages"),
        ("常住人口户数", "{household}", "level", "population"),
        ("平均家庭户规模", "{person}", "level", "household_size"),
        ("农村新增转移就业", "{person}", "level", "employment_promoted"),
        ("妇幼保健院", "{item}", "level", "medical_facilities"),
        ("传染病发病率", "10*-5", "share", "incidence_rate"),
        ("居民健康素养水平", "%", "share", "health_literacy"),
        ("国道里程", "m", "level", "roads_length"),
        ("公路密度", "m", "level", "road_density"),
        ("轨道交通运营里程", "m", "level", "railway_length"),
        ("机动车驾驶人", "{person}", "level", "drivers"),
        ("区域环境噪声", "dB", "level", "noise_level"),
        ("氨氮排放量", "kg", "level", "pollutants_discharged"),
        ("林业产值", "CNY", "level", "farm_output_value"),
        ("渔业产值增长", "%", "change", "farm_output_value_change_rate"),
        ("猪肉产量增长", "%", "change", "farm_output_change_rate"),
        ("新增节水灌溉面积", "m2", "level", "irrigated_area_new"),
        ("天然气消费量", "m3", "level", "gas_used"),
        ("政府性基金收入", "CNY", "level", "government_fund_revenue"),
        ("国有资本经营收入", "CNY", "level", "state_capital_revenue"),
        ("企业所得税", "CNY", "level", "tax_by_kind"),
        ("增值税增长", "%", "change", "tax_by_kind_change_rate"),
        ("地方政府债务余额", "CNY", "level", "government_debt"),
        ("住户贷款", "CNY", "level", "loans_by_kind"),
        ("发放中长期贷款", "CNY", "level", "loans_granted"),
        ("支付赔款及给付", "CNY", "level", "insurance_paid"),
        ("旅行社", "{item}", "level", "scenic_spots"),
        ("每百户家用汽车", "{item}", "level", "durables_per_100"),
        ("每千名老年人养老床位", "{item}", "level", "elderly_beds_per_thousand"),
        ("技术合同登记", "{item}", "level", "technology_contracts"),
        ("新型研发机构", "{item}", "level", "innovation_platforms"),
        ("社会体育指导员", "{person}", "level", "sports_instructors"),
        ("绿化覆盖面积", "m2", "level", "urban_green_area"),
        ("供水管道长度", "m", "level", "pipelines"),
        ("日供水能力", "m3", "level", "water_supply_capacity"),
        ("公租房在保", "{household}", "level", "public_rental_households"),
        ("命案破案率", "%", "share", "detection_rate"),
        ("建成养老服务中心", "{item}", "level", "elderly_facilities"),
        ("医保基金支出", "CNY", "level", "medical_insurance_paid"),
        ("医保基金累计结余", "CNY", "level", "medical_fund"),
        ("新增绿地", "m2", "level", "urban_green_area_new"),
        ("消除黑臭水体", "{item}", "level", "foul_water_bodies"),
        ("草原综合植被盖度", "%", "share", "vegetation_coverage"),
        ("健身器材", "{item}", "level", "equipment"),
        ("发放低保金", "CNY", "level", "aid_paid"),
        ("城乡居民基础养老金提高", "CNY", "level", None),
        ("县域内就诊率", "%", "share", "local_treatment_rate"),
        ("参加中考人数", "{person}", "level", "examinees"),
        ("投入抢险机械设备", "{item}", "level", "rescue_equipment"),
        ("空气质量综合指数下降", "%", "change", None),
    ],
)
def test_the_statistical_bulletin_has_its_own_ids(words: str, unit: str, kind: str, expected: str | None) -> None:
    assert lookup(words, unit, kind, words) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("县中医院新增床位80张。", ["hospital_beds_new"]),
        ("全县有养老机构12家、床位900张。", ["elderly_facilities", "beds"]),
        ("亿元地区生产总值生产安全事故死亡人数0.012人。", [None]),
        ("全县建成幸福食堂18处。", ["elderly_facilities"]),
        ("新建学校食堂18处。", ["school_meals"]),
        ("全县建成充电桩900个，实现32个乡镇全覆盖，今年新增130个。", ["charging_points", "townships_covered", None]),
        ("9支消防队伍开展演练3场。", ["teams", "drills"]),
        ("32支代表队参加比赛8场。", ["competitors", "sports_events"]),
    ],
)
def test_a_word_of_another_thing_gives_no_id(sentence: str, expected: list[str | None]) -> None:
    assert [o.indicator_id for o in measure(Article("a", "", "", sentence, "", "s")).observations] == expected
