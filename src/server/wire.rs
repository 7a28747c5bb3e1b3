//! The base protocol: messages of JSON-RPC 2.0, each behind a header with its length (LSP 3.17, "Base Protocol").

use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write};

/// Longer messages are passed over: no note is so large.
const LONGEST: u64 = 256 << 20;

/// What is wrong with a request, as JSON-RPC and LSP number it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    Parse = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    NotInitialized = -32002,
    Cancelled = -32800,
    Failed = -32803,
}

/// What came over the wire: a message, which is an object, or why it is none.
pub(super) type Incoming = Result<Value, String>;

/// Reads the next message; `None` at the end of the input.
///
/// # Errors
///
/// Those of the input.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_header(input)? else {
        return Ok(None);
    };
    if length > LONGEST {
        io::copy(&mut input.take(length), &mut io::sink())?;
        let reason = format!("a message of {length} bytes is too long");
        return Ok(Some(Err(reason)));
    }
    let mut body = Vec::new();
    if (input.take(length).read_to_end(&mut body)? as u64) < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice::<Value>(&body) {
        Ok(message) if message.is_object() => Ok(message),
        Ok(_) => Err("the message is not an object".to_owned()),
        Err(error) => Err(error.to_string()),
    }))
}

/// The length that the next header gives. Headers without one are passed over.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok();
            }
            None if line.trim().is_empty() && length.is_some() => return Ok(length),
            _ => {}
        }
    }
}

/// Writes a message.
///
/// # Errors
///
/// Those of the output.
pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

/// The answer to a request: what was asked for, or why there is none.
pub(super) fn answer(id: &Value, result: Result<Value, (Code, String)>) -> Value {
    match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err((code, message)) => json!({
            "jsonrpc": "2.0",
            "id": id,
            "error": { "code": code as i32, "message": message },
        }),
    }
}

/// A notification.
pub(super) fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}
