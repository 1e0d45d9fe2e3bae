//! Data of any format that serde reads.

use std::fmt;

use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Entry, Item, Keys, RawValue};

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = RawValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a CORS policy")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<RawValue, E> {
        Ok(RawValue::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<RawValue, E> {
        Ok(RawValue::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<RawValue, E> {
        Ok(RawValue::Number(number.to_string()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<RawValue, E> {
        Ok(RawValue::Number(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<RawValue, E> {
        Ok(RawValue::Number(number.to_string()))
    }

    // Debug keeps the point, so that 600.0 is not a whole number.
    fn visit_f64<E>(self, number: f64) -> Result<RawValue, E> {
        Ok(RawValue::Number(format!("{number:?}")))
    }

    fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_owned()))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<RawValue, E> {
        Ok(RawValue::Other("a text of bytes".to_owned()))
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        RawValue::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        RawValue::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<RawValue, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(Item { index: items.len(), mark: 0, variable: None, value: item });
        }
        Ok(RawValue::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawValue, A::Error> {
        let mut entries: Vec<(RawValue, RawValue)> = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(match entries.as_mut_slice() {
            // Types that serde does not have arrive as a map with one private key of the format.
            [(RawValue::Text(key), RawValue::Text(value))] if key == "$serde_json::private::Number" => {
                RawValue::Number(std::mem::take(value))
            }
            [(RawValue::Text(key), RawValue::Text(value))] if key == "$__toml_private_datetime" => {
                RawValue::Other(std::mem::take(value))
            }
            _ => RawValue::Keys(Keys { entries: entries.drain(..).map(entry).collect(), ..Keys::default() }),
        })
    }

    /// Reads a tag of YAML: `!name value`.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<RawValue, A::Error> {
        let (tag, variant) = data.variant::<String>()?;
        let value: RawValue = variant.newtype_variant()?;
        Ok(RawValue::Other(format!("!{tag} {value}")))
    }
}

/// Returns a key and its value. Some formats have keys that are not texts; no policy has such keys.
fn entry((name, value): (RawValue, RawValue)) -> Entry {
    let name = match name {
        RawValue::Text(name) => name,
        other => other.to_string(),
    };
    Entry { name, name_mark: 0, value_mark: 0, value }
}
