;; The inner loops of training and recognition, four floats at a time. JavaScript has no SIMD; these three loops are
;; about four times as fast here. Plain f32x4 only (no relaxed SIMD), so that a model is the same on every machine.
;; `bytes` is the length of one row and must be a multiple of 32. Compiled by `node bench/recognition/build-kernel.ts`.
(module
  (memory (import "env" "memory") 1 65536)

  ;; target[0..bytes) += sum over k of coefs[k] * rows[ids[k]]
  (func (export "gather") (param $target i32) (param $rows i32) (param $ids i32) (param $coefs i32) (param $count i32) (param $bytes i32)
    (local $row i32) (local $to i32) (local $end i32) (local $c v128) (local $last i32)
    (local.set $last (i32.add (local.get $ids) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $end (i32.add (local.get $target) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $ids) (local.get $last)))
      (local.set $row (i32.add (local.get $rows) (i32.mul (i32.load (local.get $ids)) (local.get $bytes))))
      (local.set $c (f32x4.splat (f32.load (local.get $coefs))))
      (local.set $to (local.get $target))
      (loop $inner
        (v128.store (local.get $to) (f32x4.add (v128.load (local.get $to)) (f32x4.mul (local.get $c) (v128.load (local.get $row)))))
        (v128.store offset=16 (local.get $to) (f32x4.add (v128.load offset=16 (local.get $to)) (f32x4.mul (local.get $c) (v128.load offset=16 (local.get $row)))))
        (local.set $row (i32.add (local.get $row) (i32.const 32)))
        (local.set $to (i32.add (local.get $to) (i32.const 32)))
        (br_if $inner (i32.lt_u (local.get $to) (local.get $end))))
      (local.set $ids (i32.add (local.get $ids) (i32.const 4)))
      (local.set $coefs (i32.add (local.get $coefs) (i32.const 4)))
      (br $next))))

  ;; rows[ids[k]] += coefs[k] * source, for every k
  (func (export "scatter") (param $rows i32) (param $ids i32) (param $coefs i32) (param $count i32) (param $source i32) (param $bytes i32)
    (local $row i32) (local $from i32) (local $end i32) (local $c v128) (local $last i32)
    (local.set $last (i32.add (local.get $ids) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $end (i32.add (local.get $source) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $ids) (local.get $last)))
      (local.set $row (i32.add (local.get $rows) (i32.mul (i32.load (local.get $ids)) (local.get $bytes))))
      (local.set $c (f32x4.splat (f32.load (local.get $coefs))))
      (local.set $from (local.get $source))
      (loop $inner
        (v128.store (local.get $row) (f32x4.add (v128.load (local.get $row)) (f32x4.mul (local.get $c) (v128.load (local.get $from)))))
        (v128.store offset=16 (local.get $row) (f32x4.add (v128.load offset=16 (local.get $row)) (f32x4.mul (local.get $c) (v128.load offset=16 (local.get $from)))))
        (local.set $row (i32.add (local.get $row) (i32.const 32)))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (br_if $inner (i32.lt_u (local.get $from) (local.get $end))))
      (local.set $ids (i32.add (local.get $ids) (i32.const 4)))
      (local.set $coefs (i32.add (local.get $coefs) (i32.const 4)))
      (br $next))))

  ;; target[k] = rows[k] . vector, for the first `count` rows
  (func (export "dots") (param $target i32) (param $rows i32) (param $count i32) (param $vector i32) (param $bytes i32)
    (local $from i32) (local $end i32) (local $a v128) (local $b v128) (local $last i32)
    (local.set $last (i32.add (local.get $target) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $end (i32.add (local.get $vector) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $target) (local.get $last)))
      (local.set $from (local.get $vector))
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0))
      (loop $inner
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (v128.load (local.get $from)) (v128.load (local.get $rows)))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (v128.load offset=16 (local.get $from)) (v128.load offset=16 (local.get $rows)))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 32)))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (br_if $inner (i32.lt_u (local.get $from) (local.get $end))))
      (local.set $a (f32x4.add (local.get $a) (local.get $b)))
      (f32.store (local.get $target)
        (f32.add
          (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
          (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
      (local.set $target (i32.add (local.get $target) (i32.const 4)))
      (br $next))))
)
