-- wrk asks for the addresses of a file (ADDRESSES), one after the other and again from the first
local paths, n = {}, 0
for line in io.lines(os.getenv("ADDRESSES")) do paths[#paths + 1] = line end
function request()
    n = n % #paths + 1
    return wrk.format("GET", paths[n])
end
