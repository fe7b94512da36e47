"""The command line as a person meets it: what it prints, what it says of bad input, and its exit codes."""

from __future__ import annotations

import csv
import gzip
import io
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minsheng import PROJECT
from minsheng.clean.article import MOST_CHARS
from minsheng.cli import asked_by_nobody, main
from minsheng.settings import Settings, get_settings
from minsheng.sources import load_sources
from minsheng.variables import SETTINGS

ARTICLE = """山阳县晒出民生账本
日期: 2023-06-12 09:30:00
来源: 山阳融媒

本报讯 截至5月底，山阳县共排查道路隐患326处，整改298处，整改率91.4%。县财政拨付维修资金1250万元，惠及群众约2.6万人。

县住建局计划年内再改造老旧小区12个。
"""


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_DATA", str(tmp_path / "data"))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, "utf-8")
    return file


def call(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


def lines(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestExtract:
    def test_jsonl_has_the_figures_in_the_order_of_the_text(self, page: Path) -> None:
        result = call("extract", page, "--format", "jsonl")
        assert result.exit_code == 0, result.output
        found = [(o["surface"], o["value"], o["unit"], o["status"]) for o in lines(result)]
        assert found == [
            ("326处", 326, "{item}", "actual"),
            ("298处", 298, "{item}", "actual"),
            ("91.4%", 91.4, "%", "actual"),
            ("1250万元", 12500000, "CNY", "actual"),
            ("约2.6万人", 26000, "{person}", "actual"),
            ("12个", 12, "{item}", "target"),
        ]
        assert [o["n"] for o in lines(result)] == [1, 2, 3, 4, 5, 6]

    def test_standard_input_is_an_input(self) -> None:
        result = call("extract", "-", "--format", "jsonl", stdin=ARTICLE.encode())
        assert len(lines(result)) == 6

    def test_several_inputs_are_named_in_their_lines(self, page: Path) -> None:
        result = call("extract", page, page, "--format", "jsonl")
        assert {o["input"] for o in lines(result)} == {str(page)}
        assert len(lines(result)) == 12

    def test_rejected_numerals_stand_in_their_places_with_a_reason(self, page: Path) -> None:
        found = lines(call("extract", page, "--format", "jsonl", "--rejected"))
        places = [o["char_start"] for o in found]
        assert places == sorted(places)
        [day] = [o for o in found if o["surface"].startswith("5月")]
        assert day["reason"] == "date"
        assert "observation_id" not in day

    def test_region_and_published_override_the_page(self, page: Path) -> None:
        found = lines(call("extract", page, "--format", "jsonl", "--region", "420323", "--published", "2021-01-31"))
        assert found[-1]["region_code"] == "420323"
        assert found[0]["as_of"] == "2020-05-31"

    def test_csv_has_a_head_and_a_row_a_figure(self, page: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(call("extract", page, "--format", "csv").stdout)))
        assert [row["surface"] for row in rows][:2] == ["326处", "298处"]

    def test_the_table_marks_each_figure_in_its_sentence(self, page: Path) -> None:
        text = call("extract", page).stdout
        assert "山阳县晒出民生账本" in text
        assert "共排查道路隐患[326处]" in text
        assert "6 figures, 1 numeral that is no figure\n" in text

    def test_the_table_tells_shares_changes_targets_and_estimates_from_levels(self) -> None:
        text = call(
            "extract", "-", stdin="江陵县就业率95%，人数同比增长5.3%。预计年内再改造老旧小区12个。".encode()
        ).stdout
        titles, _, *rows = text.splitlines()[2:]
        begins, ends = titles.index("kind"), titles.index("indicator")
        assert [row[begins:ends].strip() for row in rows[:6:2]] == ["share", "yoy", "target est."]

    def test_a_rejected_numeral_has_its_reason_in_a_column_and_is_named_where_it_has_no_value(self) -> None:
        text = call("extract", "-", "--rejected", stdin="江陵县零售商20家，排第3。".encode()).stdout
        titles, rejected = text.splitlines()[2], [line for line in text.splitlines() if line.startswith("-  ")]
        at = titles.index("reason")
        assert [line.split()[1:] for line in rejected[1:]] == [["零", "word"], ["3", "ordinal"]]
        assert {line[at - 1 :].split()[0] for line in rejected[1:]} == {"word", "ordinal"}

    @pytest.mark.parametrize(
        ("stated", "said"),
        [
            ("", "no date: "),
            ("日期: 2024年13月45日", "no date (2024年13月45日 cannot be read as a date): "),
            ("日期: 24/5/20", "no date (24/5/20 cannot be read as a date): "),
            ("日期: 2024-02-30", "no date (2024-02-30 is no day of the calendar): "),
        ],
    )
    def test_what_an_undated_input_loses_is_said_once_and_beside_its_figures(self, stated: str, said: str) -> None:
        text = ARTICLE.replace("日期: 2023-06-12 09:30:00", stated).encode()
        result = call("extract", "-", "--format", "jsonl", stdin=text)
        assert result.exit_code == 0
        assert len(lines(result)) == 6
        [line] = result.stderr.splitlines()
        assert line.startswith(f"minsheng: -: {said}relative times ")
        assert "--published YYYY-MM-DD" in line

    def test_a_dated_input_and_one_without_figures_lose_nothing(self, page: Path) -> None:
        assert call("extract", page).stderr == ""
        assert call("extract", "-", stdin="江陵县召开会议，部署安全生产工作，要求压实责任。".encode()).stderr == ""

    def test_what_was_before_the_year_1_has_no_days(self) -> None:
        text = "去年，江陵县新增就业3万人。".encode()
        [figure] = lines(call("extract", "-", "--format", "jsonl", "--published", "0001-01-01", stdin=text))
        assert (figure["time_phrase"], figure["period_start"], figure["period_end"]) == ("去年", None, None)

    @pytest.mark.parametrize("command", ["extract", "clean"])
    def test_the_help_says_how_much_is_read(self, command: str) -> None:
        assert f"{MOST_CHARS:,} characters" in " ".join(call(command, "--help").stdout.split())


class TestBadInput:
    @pytest.mark.parametrize(
        ("name", "data", "reason"),
        [
            ("empty.html", b"", "empty"),
            ("image.html", bytes(range(256)) * 64, "binary"),
            ("huge.html", b"<p>" + b"x" * (50 * 1024 * 1024), "too_large"),
        ],
    )
    def test_a_bad_file_is_named_and_the_others_are_still_done(
        self, tmp_path: Path, page: Path, name: str, data: bytes, reason: str
    ) -> None:
        bad = tmp_path / name
        bad.write_bytes(data)
        result = call("extract", bad, page, "--format", "jsonl")
        assert result.exit_code == 1
        assert len(lines(result)) == 6
        [complaint] = result.stderr.splitlines()
        assert str(bad) in complaint
        assert reason in complaint

    def test_an_unknown_encoding_is_read_by_its_bytes(self, tmp_path: Path) -> None:
        file = tmp_path / "page.html"
        paragraphs = "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines())
        file.write_bytes(b'<meta charset="klingon-8"><title>t</title>' + paragraphs.encode("gb18030"))
        result = call("extract", file, "--format", "jsonl")
        assert [o["value"] for o in lines(result)][:2] == [326, 298]

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        result = call("clean", tmp_path / "nowhere.html")
        assert result.exit_code == 1
        assert "nowhere.html: unreadable: No such file" in result.stderr

    def test_a_folder_and_a_program_are_told_what_to_do(self, tmp_path: Path) -> None:
        (tmp_path / "program").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(60))
        result = call("extract", tmp_path, tmp_path / "program")
        assert result.exit_code == 1
        assert "unreadable: Is a directory: name its files" in result.stderr
        assert "save it as HTML or text first" in result.stderr

    def test_an_address_that_does_not_answer_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            host = f"127.0.0.1:{free.getsockname()[1]}"
        monkeypatch.setenv("MINSHENG_ALLOW_HOSTS", json.dumps([host]))
        get_settings.cache_clear()
        result = call("extract", f"http://{host}/art/1.html")
        assert result.exit_code == 1
        assert host in result.stderr
        assert result.stdout == ""

    def test_a_private_address_is_not_asked(self) -> None:
        result = call("extract", "http://169.254.169.254/latest/meta-data/")
        assert result.exit_code == 1
        assert "refused" in result.stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            ("run", "--from", "2023-02-30", "--to", "2023-03-01"),
            ("run", "--from", "2023-03-02", "--to", "2023-03-01"),
            ("run", "--from", "2023-03-01", "--to", "2999-01-01"),
            ("run", "--from", "2023-03-01", "--to", "2023-03-01", "--source", "nowhere"),
            ("extract", "x", "--region", "4203"),
            ("extract", "x", "--region", "999999"),
            ("extract", "x", "--published", "yesterday"),
            ("extract", "x", "--published", "20240520"),
            ("extract", "x", "--published", "2024-W21-1"),
            ("extract",),
            ("sources", "check", "nowhere"),
        ],
    )
    def test_wrong_usage_exits_2_and_says_what(self, arguments: tuple[str, ...]) -> None:
        result = call(*arguments)
        assert result.exit_code == 2
        assert "Error: " in result.stderr

    @pytest.mark.parametrize(
        "source,contact,unnamed",
        [("jiangling", "", True), ("jiangling", "https://example.org/us", False), ("local", "", False)],
    )
    def test_a_site_is_told_who_asks_or_the_person_that_it_is_not(
        self, source: str, contact: str, unnamed: bool
    ) -> None:
        chosen = Settings(contact=contact)
        assert asked_by_nobody([load_sources(chosen.sources)[source]], chosen) is unnamed

    def test_a_region_that_is_no_code_is_told_what_is_one(self) -> None:
        assert "420000 a province" in call("extract", "x", "--region", "42").stderr

    @pytest.mark.parametrize("address", ["ftp://a/b", "file:///etc/hosts", "FTP://a/b"])
    def test_an_address_of_another_kind_is_told_what_is_read(self, address: str) -> None:
        result = call("extract", address)
        assert result.exit_code == 1
        assert "bad_address: addresses of http:// and https:// are read" in result.stderr

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("MINSHENG_RETRIES", "abc", "Input should be a valid integer"),
            ("MINSHENG_RETRIES", "-1", "Input should be greater than or equal to 0"),
            ("MINSHENG_ALLOW_HOSTS", "a:80", "Input should be a JSON list"),
            ("MINSHENG_DBT_TASKS", "two", "Input should be 'each' or 'one'"),
            (
                "MINSHENG_ARCHIVE",
                "s3:/b",
                "'s3:/b' is no address: that is written s3://bucket/folder (a folder of that name: ./s3:/b)",
            ),
        ],
    )
    def test_a_setting_that_does_not_fit_is_told_in_one_line(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
    ) -> None:
        monkeypatch.setenv(name, value)
        result = call("sources")
        assert result.exit_code == 2
        assert result.stderr.splitlines()[-1] == f"Error: {name}: {said}"

    def test_the_names_that_are_known_are_those_of_the_settings(self) -> None:
        fields = Settings.model_fields.items()
        assert tuple(str(field.validation_alias or f"MINSHENG_{name.upper()}") for name, field in fields) == SETTINGS

    @pytest.mark.parametrize("command", ["sources", "extract -", "clean -", "coverage -", "evaluate ."])
    def test_a_misspelt_setting_is_told_with_what_was_meant(
        self, monkeypatch: pytest.MonkeyPatch, command: str
    ) -> None:
        monkeypatch.setenv("MINSHENG_PAGE_BYTE", "1000")
        monkeypatch.setenv("MINSHENG_ZZ", "1")
        monkeypatch.setenv("MINSHENG_PORT", "8081")  # of docker-compose
        result = call(*command.split())
        assert result.exit_code == 2
        assert "MINSHENG_PAGE_BYTE is no setting (MINSHENG_PAGE_BYTES?); MINSHENG_ZZ is no setting" in " ".join(
            result.stderr.split()
        )
        assert "MINSHENG_PORT" not in result.stderr

    def test_an_article_that_breaks_measuring_does_not_end_the_others(
        self, page: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from minsheng import measure

        whole, seen = measure.measure, []

        def breaks_once(*given: object, **named: object) -> object:
            seen.append(given)
            return whole(*given, **named) if len(seen) > 1 else 1 / 0

        monkeypatch.setattr("minsheng.measure.measure", breaks_once)
        result = call("extract", page, page, "--format", "jsonl")
        assert result.exit_code == 1
        assert "crashed: ZeroDivisionError" in result.stderr
        assert len(lines(result)) == 6

    def test_a_query_before_anything_is_published_says_what_to_do(self) -> None:
        result = call("query", "select 1")
        assert result.exit_code == 1
        assert "nothing is published yet" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["extract {}", "extract {} --format csv", "clean {}", "coverage {}", "sources"])
def test_a_device_that_is_full_is_told_in_one_line(command: str, page: Path) -> None:
    asked = [sys.executable, "-m", "minsheng.cli", *command.format(page).split()]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(asked, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "minsheng: output: not written: No space left on device\n"


class TestClean:
    def test_text_has_a_head_and_the_body(self, page: Path) -> None:
        text = call("clean", page).stdout
        assert text.startswith("title: 山阳县晒出民生账本\npublished: 2023-06-12T09:30:00+08:00\npublisher: 山阳融媒\n")
        assert text.endswith("县住建局计划年内再改造老旧小区12个。\n\n")

    def test_json_is_an_object_a_line(self, page: Path) -> None:
        [article] = lines(call("clean", page, "--format", "json"))
        assert article["title"] == "山阳县晒出民生账本"
        assert article["published_at"] == "2023-06-12T09:30:00+08:00"


class TestEvaluate:
    def test_our_own_gold_is_scored_and_above_its_floors(self) -> None:
        result = call("evaluate", PROJECT / "tests" / "measure" / "gold")
        assert result.exit_code == 0, result.output
        assert result.stdout.splitlines()[0].split()[:4] == ["text", "gold", "found", "matched"]
        assert result.stdout.splitlines()[-1].startswith("floors held: quantity, bound, ")

    @pytest.mark.parametrize(("floors", "said"), [(None, "no {}: nothing"), ("{}", "no floor in {}: nothing")])
    def test_where_no_floor_is_nothing_can_fail(self, tmp_path: Path, floors: str | None, said: str) -> None:
        (tmp_path / "1.txt").write_text(ARTICLE, "utf-8")
        (tmp_path / "1.jsonl").write_text("", "utf-8")
        if floors:
            (tmp_path / "floors.json").write_text(floors, "utf-8")
        result = call("evaluate", tmp_path)
        assert result.exit_code == 0
        assert result.stdout.splitlines()[-1] == said.format(tmp_path / "floors.json") + " can fail"

    def test_a_score_under_its_floor_is_named_and_exits_1(self, tmp_path: Path) -> None:
        (tmp_path / "1.txt").write_text(ARTICLE, "utf-8")
        figure = {"surface": "327处", "value": 327, "value_max": None, "unit": "{item}", "bound": "exact"}
        figure |= {"indicator": "排查隐患", "region_code": "420323", "status": "actual", "optional": False}
        (tmp_path / "1.jsonl").write_text(json.dumps(figure), "utf-8")
        (tmp_path / "floors.json").write_text('{"quantity": 0.9}', "utf-8")
        result = call("evaluate", tmp_path)
        assert result.exit_code == 1
        assert "quantity 0.000 is under 0.9" in result.stderr
        assert "floors held" not in result.stdout

    @pytest.mark.parametrize("floors", ["{", "[0.9]", '{"quantity": "all"}'])
    def test_floors_that_are_none_are_named(self, floors: str, tmp_path: Path) -> None:
        (tmp_path / "1.txt").write_text(ARTICLE, "utf-8")
        (tmp_path / "1.jsonl").write_text("", "utf-8")
        (tmp_path / "floors.json").write_text(floors, "utf-8")
        result = call("evaluate", tmp_path)
        assert result.exit_code == 2
        assert "floors.json: no JSON object of fields and their least shares" in result.stderr

    def test_a_text_that_is_not_there_is_named_as_it_is_mostly_called(self, tmp_path: Path) -> None:
        (tmp_path / "1.jsonl").write_text("", "utf-8")
        result = call("evaluate", tmp_path)
        assert result.exit_code == 2
        assert "has no text beside it: 1.txt is not there" in " ".join(result.stderr.split())

    def test_a_folder_without_gold_is_wrong_usage(self, tmp_path: Path) -> None:
        assert call("evaluate", tmp_path).exit_code == 2


def test_coverage_lists_what_is_left_over_files_and_json_lines(tmp_path: Path, page: Path) -> None:
    rows = tmp_path / "articles.jsonl"
    row = {"text": "山阳县新修蓬莱阁式样的亭子12座，惠及群众3000余人。", "published": "2023-06-12"}
    rows.write_text(json.dumps(row) + "\n", "utf-8")
    result = call("coverage", page, rows)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 articles, 8 figures: 8 with a region (100.0%), ")
    assert "figures without an indicator id, by phrase and unit: " in result.stdout


def test_coverage_says_what_its_lists_count_and_shows_none_that_is_empty(tmp_path: Path) -> None:
    one = call("coverage", "-", stdin="新增就业100人。".encode())
    assert one.stdout == "1 article, 1 figure: 0 with a region (0.0%), 1 with an indicator id (100.0%)\n"
    none = call("coverage", tmp_path / "nowhere")
    assert (none.exit_code, none.stdout) == (1, "0 articles, 0 figures\n")


ROW = json.dumps({"text": "山阳县新修蓬莱阁式样的亭子12座，惠及群众3000余人。"}).encode() + b"\n"
PACKED = gzip.compress(ROW, mtime=0)


@pytest.mark.parametrize(
    ("name", "data", "said", "articles"),
    [
        ("cut.jsonl.gz", PACKED[:-20], ": unreadable: EOFError", 1),
        ("hurt.jsonl.gz", PACKED[:10] + b"\xff" * 20, ": unreadable: error: Error -3", 1),
        ("none.jsonl.gz", b"no gzip", ": unreadable: BadGzipFile", 1),
        ("bytes.jsonl", b"\xff\xfe\n", ": unreadable: UnicodeDecodeError", 1),
        ("list.jsonl", ROW + b"[1]\n" + ROW, ":2: unreadable: no JSON object with a `text`", 3),
        ("torn.jsonl", ROW + b'{"text": "3\n' + ROW, ":2: unreadable: no JSON: ", 3),
        ("other.jsonl", ROW + b'{"title": "3"}\n' + ROW, ":2: unreadable: no JSON object with a `text`", 3),
        ("number.jsonl", ROW + b'{"text": 3}\n' + ROW, ":2: unreadable: no JSON object with a `text`", 3),
    ],
    ids=["cut", "hurt", "none", "bytes", "list", "torn", "other", "number"],
)
def test_what_coverage_cannot_read_is_named_and_the_rest_is_counted(
    tmp_path: Path, page: Path, name: str, data: bytes, said: str, articles: int
) -> None:
    (tmp_path / name).write_bytes(data)
    result = call("coverage", tmp_path / name, page)
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith(f"minsheng: {tmp_path / name}{said}")
    assert result.stdout.startswith("1 article, " if articles == 1 else f"{articles} articles, ")
