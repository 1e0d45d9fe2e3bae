//! Data of any format, with nothing said yet about what it means.

use std::fmt;

use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

/// A value as it stands in a file. Every self-describing format can be read into it.
pub(super) enum Data {
    Nothing,
    Flag(bool),
    /// As one writes it.
    Number(String),
    Text(String),
    Items(Vec<Self>),
    Keys(Vec<(Self, Self)>),
    /// Of a type that no key of a policy has, such as a date, as one writes it.
    Other(String),
}

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DataVisitor)
    }
}

struct DataVisitor;

impl<'de> Visitor<'de> for DataVisitor {
    type Value = Data;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a CORS policy")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Data, E> {
        Ok(Data::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Data, E> {
        Ok(Data::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Data, E> {
        Ok(Data::Number(number.to_string()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Data, E> {
        Ok(Data::Number(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Data, E> {
        Ok(Data::Number(number.to_string()))
    }

    // With its point, so that 600.0 is no whole number.
    fn visit_f64<E>(self, number: f64) -> Result<Data, E> {
        Ok(Data::Number(format!("{number:?}")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Data, E> {
        Ok(Data::Text(text.to_owned()))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Data, E> {
        Ok(Data::Other("a text of bytes".to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Data, E> {
        Ok(Data::Nothing)
    }

    fn visit_none<E>(self) -> Result<Data, E> {
        Ok(Data::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        Data::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        Data::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Data, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Data::Items(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(match entries.as_mut_slice() {
            // What a format has and serde has no type for comes as a map with one key of the format's own.
            [(Data::Text(key), Data::Text(value))] if key == "$serde_json::private::Number" => {
                Data::Number(std::mem::take(value))
            }
            [(Data::Text(key), Data::Text(value))] if key == "$__toml_private_datetime" => {
                Data::Other(std::mem::take(value))
            }
            _ => Data::Keys(entries),
        })
    }

    /// A tag of YAML: `!name value`.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Data, A::Error> {
        let (tag, variant) = data.variant::<String>()?;
        let value: Data = variant.newtype_variant()?;
        Ok(Data::Other(format!("!{tag} {value}")))
    }
}

/// As one would write it in a policy.
impl fmt::Display for Data {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => formatter.write_str("null"),
            Self::Flag(flag) => write!(formatter, "{flag}"),
            Self::Number(text) | Self::Other(text) => formatter.write_str(text),
            Self::Text(text) => write!(formatter, "{text:?}"),
            Self::Items(items) => {
                let items: Vec<String> = items.iter().map(Self::to_string).collect();
                write!(formatter, "[{}]", items.join(", "))
            }
            Self::Keys(entries) if entries.is_empty() => formatter.write_str("{}"),
            Self::Keys(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(name, value)| format!("{}: {value}", name.as_key())).collect();
                write!(formatter, "{{ {} }}", entries.join(", "))
            }
        }
    }
}

impl Data {
    /// The name of a key. Some formats have keys that are no texts; none of those is one of a policy.
    pub(super) fn as_key(&self) -> String {
        match self {
            Self::Text(name) => name.clone(),
            other => other.to_string(),
        }
    }
}
