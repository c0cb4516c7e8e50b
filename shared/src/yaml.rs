//! YAML 1.2 as Postman's and Bruno's files use it: aliases are bounded, and a repeated key is an error.

pub mod tree;

use serde_json::Value;

use tree::Problem;

/// Reads one document.
///
/// # Errors
/// Returns the error of [`tree::read`] if that refuses the text.
pub fn read(text: &str) -> Result<Value, Problem> {
    let mut json = Vec::new();
    tree::read(text)?.write(&mut json);
    serde_json::from_slice(&json).map(whole).map_err(|error| Problem { line: 1, problem: error.to_string() })
}

/// Makes integers of numbers that are whole, as JavaScript writes them: `007`, `7.0` and `7` are one number (YAML 1.2,
/// section 10.2.1.3).
fn whole(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            // Beyond this, whole numbers are further apart than 1.
            let exact = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9e15);
            #[allow(clippy::cast_possible_truncation, reason = "the number is whole and fits")]
            exact.map_or(Value::Number(number), |float| Value::from(float as i64))
        }
        Value::Array(list) => list.into_iter().map(whole).collect(),
        Value::Object(map) => map.into_iter().map(|(name, value)| (name, whole(value))).collect(),
        other => other,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_those_of_yaml_1_2() {
        let value = read("a: no\nb: 007\nc: 'x'\nd: ~\ne: true\nf: 1:30\ng: |\n  two\n  lines\n").unwrap();
        let expected = r#"{"a":"no","b":7,"c":"x","d":null,"e":true,"f":"1:30","g":"two\nlines\n"}"#;
        assert_eq!(value.to_string(), expected);
    }

    #[test]
    fn errors_name_their_line() {
        assert_eq!(read("a: 1\nb: 2\na: 3\n").unwrap_err().line, 3);
        let problem = read("a: 1\nb: [\n").unwrap_err();
        assert!(problem.line >= 2 && !problem.to_string().contains('\n'), "{problem}");
    }

    #[test]
    fn a_file_that_is_made_to_fill_the_memory_is_refused() {
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..9 {
            let list = vec![format!("*a{}", level - 1); 10].join(",");
            bomb.push_str(&format!("a{level}: &a{level} [{list}]\n"));
        }
        assert!(read(&bomb).is_err());
        let mut long = format!("big: &big {}\n", "x".repeat(1 << 20));
        for group in 0..200 {
            long.push_str(&format!("g{group}: [&s{group} 1, *big, *big, *big, *big, *big, *big, *big, *big, *big]\n"));
        }
        assert!(read(&long).is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
