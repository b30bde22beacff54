//! A face template: the numbers that the embedder gives for a face. It never shows them, and wipes its
//! memory when it goes.

use zeroize::Zeroize;

use crate::compare::dot;
use crate::error::VisionError;

/// A unit vector (Euclidean norm 1) of the embedder's dimension. `Debug` prints its length only.
#[derive(Clone, PartialEq)]
pub struct Template {
    values: Vec<f32>,
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Template({} numbers)", self.values.len())
    }
}

impl Drop for Template {
    fn drop(&mut self) {
        self.values.zeroize();
    }
}

impl Template {
    /// Divides `values` by their Euclidean norm; `None` when that is 0 or not finite.
    pub fn normalised(values: &[f32]) -> Option<Self> {
        let norm = values.iter().map(|v| v * v).sum::<f32>().sqrt();
        (norm.is_finite() && norm > f32::EPSILON).then(|| Self { values: values.iter().map(|v| v / norm).collect() })
    }

    /// Numbers in it.
    pub fn dimension(&self) -> usize {
        self.values.len()
    }

    /// Cosine of the angle to another template of the same dimension, -1 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        dot(&self.values, &other.values)
    }

    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    /// Four bytes a number, little endian: what is encrypted and stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    /// Reads what [`Template::to_bytes`] wrote for a model of `dimension` numbers.
    ///
    /// # Errors
    /// [`VisionError::Template`] when the length is another or the numbers are no unit vector.
    pub fn from_bytes(bytes: &[u8], dimension: usize) -> Result<Self, VisionError> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        if numbers.len() != dimension || !rest.is_empty() {
            let found = bytes.len();
            return Err(VisionError::Template(format!("{found} bytes, not {}", dimension * 4)));
        }
        let template = Self { values: numbers.iter().map(|b| f32::from_le_bytes(*b)).collect() };
        let norm = template.cosine(&template);
        if !(0.999..1.001).contains(&norm) {
            return Err(VisionError::Template("its length is not 1".into()));
        }
        Ok(template)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_and_back(values in proptest::collection::vec(-10f32..10.0, 1..200)) {
            if let Some(template) = Template::normalised(&values) {
                let again = Template::from_bytes(&template.to_bytes(), values.len()).unwrap();
                prop_assert!((template.cosine(&again) - 1.0).abs() < 1e-4);
                prop_assert!(Template::from_bytes(&template.to_bytes()[1..], values.len()).is_err());
            }
        }
    }

    #[test]
    fn numbers_are_never_shown_and_nonsense_is_refused() {
        let template = Template::normalised(&[3.0, 4.0]).unwrap();
        assert_eq!(format!("{template:?}"), "Template(2 numbers)");
        assert!(Template::normalised(&[0.0; 128]).is_none());
        assert!(Template::normalised(&[f32::NAN; 128]).is_none());
        let nan: Vec<u8> = [f32::NAN; 2].iter().flat_map(|v| v.to_le_bytes()).collect();
        assert!(Template::from_bytes(&nan, 2).is_err());
    }
}
