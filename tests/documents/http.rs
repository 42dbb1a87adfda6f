//! Documents over HTTP: the form that brings them, ranges, and how they are handed out. The routes here
//! have no guard: who may do it is the subject of other tests.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};

use aiqyn::access::permission::Scope;

use crate::archive::{Archive, photo};
use crate::support::app::Node;
use crate::support::http::Reply;
use crate::support::on_sqlite;

/// The real server, and a token of the caseworker's.
struct Server {
    node: Node,
    documents: String,
    token: String,
}

impl Server {
    fn of(archive: &Archive<'_>) -> Self {
        let front = SocketAddr::from(([127, 0, 0, 1], 0)).into();
        Self {
            node: Node::of(archive.services.clone(), front),
            documents: format!("/api/v1/cases/{}/documents", archive.case),
            token: archive.token(Scope::ALL),
        }
    }

    fn head(&self, method: &str, path: &str, more: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\nHost: localhost\nConnection: close\nAuthorization: Bearer {}\n{more}\n",
            self.token
        )
    }

    fn gets(&self, path: &str) -> Reply {
        self.node.client.request("GET", path).header("authorization", &format!("Bearer {}", self.token)).send()
    }

    /// Sends the parts of a form, each its head and its bytes.
    fn sends(&self, parts: &[(&str, &[u8])]) -> Reply {
        let mut body = Vec::new();
        for (head, bytes) in parts {
            body.extend_from_slice(format!("--limit\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--limit--\r\n");
        let headers = "Content-Type: multipart/form-data; boundary=limit\nContent-Length: ";
        let head = self.head("POST", &self.documents, &format!("{headers}{}\n", body.len()));
        self.node.client.sends_raw(&head, &body)
    }

    fn keeps(&self, name: &str, bytes: &[u8]) -> String {
        let reply = self.sends(&[(&format!("name=\"file\"; filename=\"{name}\""), bytes)]).must_be(201);
        reply.header("location").to_owned()
    }

    fn asks(&self, path: &str, range: &str) -> Reply {
        let authorization = format!("Bearer {}", self.token);
        self.node.client.request("GET", path).header("authorization", &authorization).header("range", range).send()
    }
}

fn serving(test: impl FnOnce(&Archive<'_>, &Server)) {
    on_sqlite(|backend| {
        let archive = Archive::on(backend);
        test(&archive, &Server::of(&archive));
    });
}

#[test]
fn a_document_goes_in_and_comes_out_as_an_attachment() {
    serving(|_, server| {
        let text = "Мен көрдім.\n".repeat(50_000);
        let reply = server.sends(&[("name=\"file\"; filename=\"../куә 1.txt\"", text.as_bytes())]).must_be(201);
        let item = reply.json();
        assert_eq!(
            (&item["name"], &item["media_type"], &item["active"]),
            (&"куә 1.txt".into(), &"text/plain".into(), &false.into())
        );
        assert_eq!(item["size"], text.len());
        let reply = server.gets(reply.header("location")).must_be(200);
        assert_eq!(reply.body, text);
        assert_eq!(reply.header("content-disposition"), "attachment; filename*=UTF-8''%D0%BA%D1%83%D3%99%201.txt");
        assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(reply.header("content-length"), text.len().to_string());
        assert_eq!(reply.header("accept-ranges"), "bytes");
    });
}

#[test]
fn a_page_is_handed_out_as_bytes_whatever_it_is_called() {
    serving(|_, server| {
        for (name, bytes) in
            [("photo.jpg", "<html><script>alert(1)</script>"), ("run.js", "alert(1)"), ("a.svg", "<svg onload='x()'/>")]
        {
            let reply = server.gets(&server.keeps(name, bytes.as_bytes())).must_be(200);
            assert_eq!(reply.header("content-type"), "application/octet-stream", "{name}");
            assert!(reply.header("content-disposition").starts_with("attachment;"), "{name}");
        }
    });
}

#[test]
fn ranges_are_answered_as_the_standard_says() {
    serving(|_, server| {
        let text = (0..200_000).map(|place| char::from(b'a' + (place % 26) as u8)).collect::<String>();
        let place = server.keeps("a.txt", text.as_bytes());
        for (range, from, to) in [
            ("bytes=0-9", 0, 10),
            ("bytes=65530-65541", 65_530, 65_542),
            ("bytes=-5", 199_995, 200_000),
            ("bytes=199990-", 199_990, 200_000),
        ] {
            let reply = server.asks(&place, range).must_be(206);
            assert_eq!(reply.body, text[from..to], "{range}");
            assert_eq!(reply.header("content-range"), format!("bytes {from}-{}/200000", to - 1));
            assert_eq!(reply.header("content-length"), (to - from).to_string());
        }
        let reply = server.asks(&place, "bytes=200000-");
        assert_eq!(reply.header("content-range"), "bytes */200000");
        reply.must_be_problem(416, "range_not_satisfiable");
        assert_eq!(server.asks(&place, "bytes=0-1,4-5").must_be(200).body, text);
        let etag = server.gets(&place).header("etag").to_owned();
        let of_version = |etag: &str| {
            let request =
                server.node.client.request("GET", &place).header("range", "bytes=0-0").header("if-range", etag);
            request.header("authorization", &format!("Bearer {}", server.token)).send().status
        };
        assert_eq!((of_version(&etag), of_version("\"another\"")), (206, 200));
    });
}

#[test]
fn head_tells_the_length_and_sends_nothing() {
    serving(|_, server| {
        let place = server.keeps("a.txt", &[b'a'; 300_000]);
        let reply = server.node.client.sends_raw(&server.head("HEAD", &place, ""), b"");
        assert_eq!((reply.status, reply.header("content-length"), reply.body.as_str()), (200, "300000", ""));
        let reply = server.node.client.sends_raw(&server.head("HEAD", &place, "Range: bytes=5-14\n"), b"");
        assert_eq!((reply.status, reply.header("content-length"), reply.body.as_str()), (206, "10", ""));
    });
}

#[test]
fn metadata_are_stripped_on_request() {
    serving(|archive, server| {
        let photo = photo(300_000);
        let file = "name=\"file\"; filename=\"a.jpg\"";
        let size = |reply: Reply| reply.must_be(201).json()["size"].as_u64().unwrap();
        assert_eq!(size(server.sends(&[(file, &photo)])), photo.len() as u64);
        assert_eq!(size(server.sends(&[("name=\"strip_metadata\"", b"no"), (file, &photo)])), photo.len() as u64);
        assert!(size(server.sends(&[("name=\"strip_metadata\"", b"yes"), (file, &photo)])) < photo.len() as u64);
        let files = archive.files().len();
        let pdf = server.sends(&[("name=\"strip_metadata\"", b"yes"), (file, b"%PDF-1.4\n")]);
        pdf.must_be_problem(422, "cannot_strip_pdf");
        // A wish that comes too late is not passed over.
        server.sends(&[(file, &photo), ("name=\"strip_metadata\"", b"yes")]).must_be_problem(400, "malformed");
        assert_eq!(archive.files().len(), files);
    });
}

#[test]
fn a_form_that_is_wrong_is_refused_by_field() {
    serving(|archive, server| {
        let wrong = |parts: &[(&str, &[u8])]| server.sends(parts).wrong_fields();
        let told = |field: &str, problem: &str| vec![(field.to_owned(), problem.to_owned())];
        let file = ("name=\"file\"; filename=\"a\"", b"text".as_slice());
        assert_eq!(wrong(&[("name=\"strip_metadata\"", b"no")]), told("file", "missing"));
        assert_eq!(wrong(&[("name=\"other\"", b"no"), file]), told("other", "unknown"));
        assert_eq!(wrong(&[("name=\"strip_metadata\"", b"maybe"), file]), told("strip_metadata", "not_one_of"));
        let twice = [("name=\"strip_metadata\"", b"no".as_slice()), ("name=\"strip_metadata\"", b"no"), file];
        assert_eq!(wrong(&twice), told("strip_metadata", "not_single"));
        assert_eq!(wrong(&[file, file]), told("file", "not_single"));
        let json = server.head("POST", &server.documents, "Content-Type: application/json\nContent-Length: 2\n");
        server.node.client.sends_raw(&json, b"{}").must_be_problem(415, "unsupported_media_type");
        assert!(archive.files().is_empty());
    });
}

#[test]
fn a_file_over_the_limit_is_refused_by_its_length_or_where_it_passes_it() {
    on_sqlite(|backend| {
        let mut archive = Archive::on(backend);
        archive.services = archive.services.clone().with_largest_document(1_000_000);
        let server = Server::of(&archive);
        server.keeps("a", &[1; 1_000_000]);
        server.sends(&[("name=\"file\"; filename=\"a\"", &[1; 1_000_001])]).must_be_problem(413, "document_too_large");
        let headers = "Content-Type: multipart/form-data; boundary=limit\nContent-Length: 9000000000\n";
        let head = server.head("POST", &server.documents, headers);
        server.node.client.sends_raw(&head, b"").must_be_problem(413, "document_too_large");
        assert_eq!(archive.files().len(), 1);
    });
}

#[test]
fn a_document_that_was_altered_in_the_middle_breaks_off() {
    serving(|archive, server| {
        let place = server.keeps("a.txt", &[b'a'; 3_000_000]);
        let file = archive.files().pop().unwrap();
        let mut sealed = std::fs::read(&file).unwrap();
        sealed[1_500_000] ^= 1;
        std::fs::write(&file, sealed).unwrap();
        let request = server.node.client.request("GET", &place);
        assert!(request.header("authorization", &format!("Bearer {}", server.token)).try_send().is_err());
        // What does not touch the place can still be read.
        assert_eq!(server.asks(&place, "bytes=0-9").must_be(206).body, "aaaaaaaaaa");
        assert_eq!(server.asks(&place, "bytes=2999990-").must_be(206).body, "aaaaaaaaaa");
    });
}

#[test]
fn without_a_session_or_the_scope_nothing_is_opened() {
    serving(|archive, server| {
        let place = server.keeps("a.txt", b"text");
        for path in [&place, &server.documents] {
            server.node.client.get(path).must_be_problem(401, "not_signed_in");
        }
        let token = format!("Bearer {}", archive.token(&[Scope::Read]));
        let asks = |path: &str| server.node.client.request("GET", path).header("authorization", &token).send();
        asks(&place).must_be_problem(409, "no_key");
        let listed = asks(&server.documents).must_be(200).json();
        assert_eq!(
            (&listed["documents"][0]["name"], &listed["documents"][0]["size"]),
            (&serde_json::Value::Null, &4.into())
        );
        let listed = server.gets(&server.documents).must_be(200).json();
        assert_eq!(listed["documents"][0]["name"], "a.txt");
    });
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    serving(|archive, server| {
        let headers = "Content-Type: multipart/form-data; boundary=limit\nContent-Length: 5000000\n";
        let head = server.head("POST", &server.documents, headers);
        let start = b"--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
        let mut stream = TcpStream::connect(server.node.client.address).unwrap();
        stream.write_all(head.replace('\n', "\r\n").as_bytes()).unwrap();
        stream.write_all(&[start.as_slice(), &[b'x'; 2_000_000]].concat()).unwrap();
        let mut kept = 0;
        // The server sees to both in its own time; other requests pass it meanwhile.
        let mut until_files_are = |more: usize| {
            while archive.files().len() != kept + more {
                assert!(kept < 1000, "{} files, {kept} documents", archive.files().len());
                server.keeps("b", b"b");
                kept += 1;
            }
        };
        until_files_are(1);
        drop(stream);
        until_files_are(0);
    });
}
