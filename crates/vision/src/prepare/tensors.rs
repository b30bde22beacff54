//! The numbers of ONNX tensors, checked against their shapes.

use super::bad;
use crate::error::VisionError;
use crate::onnx::Tensor;

const FLOAT: i32 = 1;
const UINT8: i32 = 2;
pub(super) const INT8: i32 = 3;
const INT64: i32 = 7;

pub(super) fn sizes(dims: &[i64]) -> Result<Vec<usize>, VisionError> {
    dims.iter().map(|d| usize::try_from(*d).map_err(|_| bad("a tensor with a negative size"))).collect()
}

pub(super) fn product(dims: &[i64]) -> Result<i64, VisionError> {
    dims.iter().try_fold(1i64, |a, b| a.checked_mul(*b)).ok_or_else(|| bad("a tensor that is too large"))
}

fn check_length(tensor: &Tensor, found: usize) -> Result<(), VisionError> {
    let wanted = sizes(&tensor.dims)?.iter().try_fold(1usize, |a, b| a.checked_mul(*b));
    if wanted == Some(found) {
        Ok(())
    } else {
        let name = tensor.name.as_deref().unwrap_or("");
        Err(bad(format!("the tensor `{name}` has {found} elements, not as its shape says")))
    }
}

/// The elements of an int8 or uint8 tensor.
pub(super) fn integers(tensor: &Tensor) -> Result<Vec<i32>, VisionError> {
    let values = match (tensor.data_type, &tensor.raw_data) {
        (Some(INT8), Some(raw)) => raw.iter().map(|b| i32::from(*b as i8)).collect(),
        (Some(UINT8), Some(raw)) => raw.iter().map(|b| i32::from(*b)).collect(),
        (Some(INT8 | UINT8), None) => tensor.int32_data.clone(),
        (other, _) => return Err(bad(format!("a quantised tensor of type {other:?}"))),
    };
    check_length(tensor, values.len())?;
    Ok(values)
}

pub(super) fn integers64(tensor: &Tensor) -> Result<Vec<i64>, VisionError> {
    let values: Vec<i64> = match (tensor.data_type, &tensor.raw_data) {
        (Some(INT64), Some(raw)) => raw.as_chunks().0.iter().map(|b| i64::from_le_bytes(*b)).collect(),
        (Some(INT64), None) => tensor.int64_data.clone(),
        (other, _) => return Err(bad(format!("a shape of type {other:?}"))),
    };
    check_length(tensor, values.len())?;
    Ok(values)
}

pub(super) fn floats(tensor: &Tensor) -> Result<Vec<f32>, VisionError> {
    let values: Vec<f32> = match (tensor.data_type, &tensor.raw_data) {
        (Some(FLOAT), Some(raw)) => raw.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
        (Some(FLOAT), None) => tensor.float_data.clone(),
        (other, _) => return Err(bad(format!("a scale of type {other:?}"))),
    };
    check_length(tensor, values.len())?;
    Ok(values)
}

pub(super) fn float_tensor(name: &str, dims: Vec<i64>, values: &[f32]) -> Tensor {
    Tensor {
        dims,
        data_type: Some(FLOAT),
        name: Some(name.to_owned()),
        raw_data: Some(values.iter().flat_map(|v| v.to_le_bytes()).collect()),
        ..Tensor::default()
    }
}
