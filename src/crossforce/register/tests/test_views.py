import json
import re

from django.test import TestCase

from crossforce.register.rules import folded
from crossforce.register.tests.conftest import fill

PAGES = [
    "/register/",
    "/register/?q=homicide&sort=-region&page=1",
    "/register/sw-major-crime/",
    "/register/sw-special-branch/",
    "/register/matrix/",
    "/register/matrix/?region=south-west&on=2015-11-30",
    "/register/matrix/?on=yesterday",
    "/register/matrix/?format=csv",
    "/register/summary/",
    "/register/summary/south-west/",
]


class TestPages(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        fill()

    def test_are_open_to_everybody_in_both_languages(self) -> None:
        for path in PAGES:
            for language in ("en", "cy"):
                with self.subTest(path=path, language=language):
                    join = "&" if "?" in path else "?"
                    answer = self.client.get(f"{path}{join}lang={language}")
                    assert answer.status_code == 200
                    assert "sessionid" not in answer.cookies

    def test_cost_few_queries(self) -> None:
        with self.assertNumQueries(2):
            self.client.get("/register/")
        with self.assertNumQueries(5):
            self.client.get("/register/sw-major-crime/")

    def test_never_call_anything_signed_by_a_real_body(self) -> None:
        for reference in ("sw-major-crime", "wales-firearms"):
            page = self.client.get(f"/register/{reference}/").content.decode()
            assert "has signed it" in page
            assert "signed by its parties" not in page

    def test_mark_what_a_welsh_page_says_in_english(self) -> None:
        page = self.client.get("/register/sw-major-crime/?lang=cy").content.decode()
        assert '<span lang="en">This agreement is published whole.</span>' in page
        assert '<h1 class="govuk-heading-l">T' in page
        assert 'lang="en">' not in self._main("/register/sw-major-crime/?lang=en")

    def test_have_the_matrix_in_the_order_of_names(self) -> None:
        for language in ("en", "cy"):
            main = self._main(f"/register/matrix/?lang={language}")
            names = re.findall(r'<th scope="row"[^>]*>(?:<span[^>]*>)?([^<]+)', main)
            assert len(names) > 5
            assert [folded(each) for each in names] == sorted(map(folded, names))
            assert all(each[0].isupper() for each in names)

    def test_of_one_agreement_alone_say_so_and_lead_back_and_on(self) -> None:
        one = self._main("/register/matrix/?reference=sw-major-crime&on=2015-11-30")
        assert "Only one collaboration is shown here." in one
        assert one.count("South West Major Crime Investigation Team") > 1
        assert 'href="/register/sw-major-crime/">Back to it' in one
        assert 'href="?on=2015-11-30">Show every collaboration' in one
        assert "Only one" not in self._main("/register/matrix/")

    def test_tell_in_welsh_what_of_a_paper_is_in_english(self) -> None:
        place = "/register/summary/south-west/"
        assert "Saesneg yw geiriau" in self._main(f"{place}?lang=cy")
        assert "Saesneg" not in self._main(f"{place}?lang=en")

    def _main(self, path: str) -> str:
        return (
            self.client.get(path).content.decode().partition("<main")[2].partition("</main")[0]
        )

    def test_answer_for_what_is_not_public_as_for_what_does_not_exist(self) -> None:
        unknown = self.client.get("/register/no-such-agreement/")
        unpublished = self.client.get("/register/sw-storm/")
        assert unknown.status_code == unpublished.status_code == 404
        assert unknown.content == unpublished.content

    def test_tell_the_map_how_each_force_takes_part(self) -> None:
        asked = "function=homicide-investigation&on=2016-01-01"
        forces = self.client.get(f"/register/matrix/areas.json?{asked}").json()["forces"]
        assert set(forces) == {"avon-and-somerset", "gloucestershire", "wiltshire"}


class TestDownloads(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        fill()

    def test_have_no_document_of_a_bare_notice(self) -> None:
        assert self.client.get("/register/sw-special-branch.toml").status_code == 404
        assert self.client.get("/register/sw-major-crime.toml").status_code == 200

    def test_give_everything_as_json_but_what_is_withheld(self) -> None:
        text = self.client.get("/register/register.json").content.decode()
        assert len(json.loads(text)["agreements"]) == 4
        assert "It would show how covert work is authorised." in text
        assert "authorising officers" not in text

    def test_give_the_list_as_csv(self) -> None:
        answer = self.client.get("/register/?format=csv&region=wales")
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert len(lines) == 2
        assert "wales-firearms" in lines[1]

    def test_give_the_summary_as_a_tagged_pdf(self) -> None:
        for language in ("en", "cy"):
            with self.subTest(language=language):
                asked = {"lang": language}
                data = self.client.get("/register/summary/south-west.pdf", asked).content
                assert data.startswith(b"%PDF-")
                assert b"/StructTreeRoot" in data
                assert f"/Lang({language}-GB)".encode() in data

    def test_answer_over_the_interface_as_the_pages_do(self) -> None:
        found = self.client.get("/api/v1/register/agreements?q=homicide").json()
        assert [each["reference"] for each in found["agreements"]] == ["sw-major-crime"]
        one = self.client.get("/api/v1/register/agreements/sw-major-crime").json()
        assert one["state"] == found["agreements"][0]["state"] == "in-force"
        assert one["standing"]["en"] == "Demonstration"
        assert one["title"]["cy"].startswith("Tîm")
        assert self.client.get("/api/v1/register/agreements/none").status_code == 404
